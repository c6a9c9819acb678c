import type { PluralForms } from './formats.ts';

/** Replaces `%s` with `what`, such as a name, and `#` with `number`. */
export function fill(text: string, what: string, number = ''): string {
  return text.replaceAll(/@?%s|#/g, (mark) => {
    if (mark === '#') return number;
    return isolated(
      mark.replace('%s', () => what),
      text,
    );
  });
}

const LETTERS_FROM_RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const LETTERS_FROM_LEFT_TO_RIGHT = /(?![\p{Script=Arabic}\p{Script=Hebrew}])\p{L}/u;

/** Isolates a name that runs against the text around it, so that neither reorders the other. */
function isolated(name: string, text: string): string {
  const against = LETTERS_FROM_RIGHT_TO_LEFT.test(text)
    ? LETTERS_FROM_LEFT_TO_RIGHT
    : LETTERS_FROM_RIGHT_TO_LEFT;
  return against.test(name) ? `\u2068${name}\u2069` : name;
}

/** The forms of a count; a language may have more of them than English. */
export function countForms(forms: PluralForms): PluralForms {
  return forms;
}
