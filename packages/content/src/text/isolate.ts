const FROM_RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const FROM_LEFT_TO_RIGHT = /(?![\p{Script=Arabic}\p{Script=Hebrew}])\p{L}/u;

/**
 * `name` between FSI and PDI (UAX #9) if it has letters of the other direction than `text`. Without
 * these marks, one would reorder the other.
 */
export function isolatedIn(text: string, name: string): string {
  const against = FROM_RIGHT_TO_LEFT.test(text) ? FROM_LEFT_TO_RIGHT : FROM_RIGHT_TO_LEFT;
  return against.test(name) ? `\u2068${name}\u2069` : name;
}
