import type { LanguageCode } from '../language/language.ts';

/** What is sent back, before conditions and compression. */
export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /**
   * `checked` may be kept and must be asked about each time; `forever` never changes under its name;
   * `never` is kept nowhere.
   */
  readonly keep: 'checked' | 'forever' | 'never';
  readonly indexed: boolean;
  /** May stand in a frame on other sites. */
  readonly framed?: boolean;
  /** The language of the page's own words, where it depends on the reader. */
  readonly language?: LanguageCode;
  readonly headers?: Readonly<Record<string, string>>;
};

export const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
} as const;

export function redirect(status: 301 | 302, location: string): Answer {
  const keep = status === 301 ? 'checked' : 'never';
  const headers = { location };
  return { status, type: TYPES.text, body: '', keep, indexed: status === 301, headers };
}
