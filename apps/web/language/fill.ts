import { isolatedIn, type PluralForms } from '@heliogram/content';

/** Replaces `%s` with `what`, such as a name, and `#` with `number`. */
export function fill(text: string, what: string, number = ''): string {
  return text.replaceAll(/@?%s|#/g, (mark) => {
    if (mark === '#') return number;
    return isolatedIn(
      text,
      mark.replace('%s', () => what),
    );
  });
}

/** The forms of a count; a language may have more of them than English. */
export function countForms(forms: PluralForms): PluralForms {
  return forms;
}
