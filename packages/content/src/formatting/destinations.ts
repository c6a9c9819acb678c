import { parseHouseUri } from '../uris.ts';
import { looksDeceptive } from './characters.ts';

export interface Destination {
  readonly href: string;
  readonly destination: string;
}

const maxUrlLength = 2_048;
const host =
  /^(?:[\p{L}\p{N}\p{M}_-]+(?:\.[\p{L}\p{N}\p{M}_-]+)*\.?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/iu;

/**
 * Where a URL goes, or `undefined` for one that must not be a link: another scheme than http, https
 * and mailto, user data before the host, characters that deceive.
 */
export function readDestination(typed: string): Destination | undefined {
  if (typed.length > maxUrlLength) return undefined;
  const url = withEncodedJoiners(typed);
  if (looksDeceptive(url)) return undefined;
  const [, scheme, rest] = /^(https?:\/\/|mailto:)(.+)$/i.exec(url) ?? [];
  if (scheme === undefined || rest === undefined) return undefined;
  const href = scheme.toLowerCase() + rest;
  if (scheme.toLowerCase() === 'mailto:') return readAddress(href, rest);
  const authority = rest.split(/[/?#]/, 1)[0] ?? '';
  return host.test(authority) ? { href, destination: authority.toLowerCase() } : undefined;
}

/** A joiner within a word of Persian or an Indic script is a letter of the path, though unseen. */
const joiner = /(?<=(?!\p{Script=Latin})[\p{L}\p{M}])[\u200c\u200d](?=(?!\p{Script=Latin})\p{L})/gu;

function withEncodedJoiners(url: string): string {
  return url.replace(joiner, encodeURIComponent);
}

/** One plain address: headers and bodies in a mailto link could say what nobody typed. */
function readAddress(href: string, address: string): Destination | undefined {
  const at = address.indexOf('@');
  const local = /^[\p{L}\p{N}.!#$'*+/=^_{|}~-]{1,64}$/u.test(address.slice(0, at));
  if (at < 1 || !local || !host.test(address.slice(at + 1))) return undefined;
  return { href, destination: address };
}

/** The account that `[text](mimi:///u/…)` mentions. */
export function mentionedAccount(url: string): string | undefined {
  const uri = parseHouseUri(url);
  return uri?.kind === 'account' ? uri.accountId : undefined;
}

/** Whether the shown text says something else than where the link goes. */
export function isDisguised(shown: string, { href, destination }: Destination): boolean {
  if (href.startsWith('mailto:')) return shown !== destination && shown !== href;
  const downgraded = /^https:/i.test(shown) && href.startsWith('http:');
  return downgraded || withoutScheme(withEncodedJoiners(shown)) !== withoutScheme(href);
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//i, '').replace(/\/$/, '');
}

const maxParentheses = 8;

/**
 * Reads `(url)` or `(<url>)` at `at`, of the kind that follows a link's text. Looks no further
 * than the first space, so that many of them cost linear time.
 */
export function readTarget(
  source: string,
  at: number,
  end: number,
): { readonly url: string; readonly end: number } | undefined {
  if (source[at] !== '(') return undefined;
  let depth = 0;
  for (let i = at; i < end; i++) {
    const character = source[i] ?? '';
    if (/\s/.test(character)) return undefined;
    if (character === '(' && ++depth > maxParentheses) return undefined;
    if (character === ')' && --depth === 0) {
      const inner = source.slice(at + 1, i);
      return { url: /^<.*>$/.test(inner) ? inner.slice(1, -1) : inner, end: i + 1 };
    }
  }
  return undefined;
}
