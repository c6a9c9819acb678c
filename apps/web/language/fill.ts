import type { PluralForms } from './formats.ts';

/** Puts what stands for itself, such as a name, in place of `%s`, and a number in place of `#`. */
export function fill(text: string, what: string, number = ''): string {
  return text.replaceAll(/%s|#/g, (mark) => (mark === '%s' ? what : number));
}

/** Forms of a count; another language may have more of them. */
export function countForms(forms: PluralForms): PluralForms {
  return forms;
}
