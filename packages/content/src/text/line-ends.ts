/** CR LF, CR, and Unicode's other line ends (UAX #14: vertical tab, form feed, NEL, LS, PS). */
const OTHER_LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/** `text` with the line feed as its only line end (CNT-18). */
export function withLineFeeds(text: string): string {
  return text.replace(OTHER_LINE_ENDS, '\n');
}
