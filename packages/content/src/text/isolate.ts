const FROM_RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const FROM_LEFT_TO_RIGHT = /(?![\p{Script=Arabic}\p{Script=Hebrew}])\p{L}/u;

/**
 * `name` in isolates (UAX #9, FSI and PDI) if it has letters that run against those of `text`, so
 * that neither reorders the other.
 */
export function isolatedIn(text: string, name: string): string {
  const against = FROM_RIGHT_TO_LEFT.test(text) ? FROM_LEFT_TO_RIGHT : FROM_RIGHT_TO_LEFT;
  return against.test(name) ? `\u2068${name}\u2069` : name;
}
