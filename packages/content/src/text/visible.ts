/**
 * White space, controls, format characters, marks without a letter, everything that renderers
 * ignore by default (zero-width characters, Hangul fillers, variation selectors), and two symbols
 * that are drawn empty: the blank braille pattern and the null notehead.
 */
const VISIBLE =
  /[^\p{Z}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\u{1d159}]/u;

/** Whether `text` leaves anything on the screen (CNT-19). */
export function hasVisibleText(text: string): boolean {
  return VISIBLE.test(text);
}
