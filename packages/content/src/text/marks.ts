/** No script puts more marks on one letter; taller stacks reach over the lines around them. */
const MAX_MARKS = 6;
/** Format characters between the marks do not end a stack. */
const STACK = new RegExp(String.raw`((?:\p{M}\p{Cf}*){${MAX_MARKS}})(?:\p{M}\p{Cf}*)+`, 'gu');
const ANY_STACK = new RegExp(STACK.source, 'u');

/** Whether a letter of `text` carries more combining marks than are shown (CNT-20). */
export function hasMarkStack(text: string): boolean {
  return ANY_STACK.test(text);
}

/** `text` with at most 6 combining marks on each letter (CNT-20). */
export function withBoundedMarks(text: string): string {
  return text.replace(STACK, '$1');
}
