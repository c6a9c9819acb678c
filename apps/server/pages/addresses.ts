import { isUsername, limits } from '@heliogram/protocol';
import { pageLimits } from './limits.ts';

export type FeedFormat = 'rss' | 'atom' | 'json';

/** What a path asks for. Whatever is not here is not found. */
export type Address =
  | { readonly kind: 'name'; readonly username: string; readonly before?: number }
  | { readonly kind: 'post'; readonly username: string; readonly seq: number }
  | { readonly kind: 'embed'; readonly username: string; readonly seq: number }
  | { readonly kind: 'feed'; readonly username: string; readonly format: FeedFormat }
  | { readonly kind: 'invite'; readonly token: string }
  | { readonly kind: 'directory'; readonly page: number }
  | { readonly kind: 'oembed'; readonly query: URLSearchParams }
  | { readonly kind: 'sitemap' }
  | { readonly kind: 'channel-sitemap'; readonly part: number }
  | { readonly kind: 'post-sitemap'; readonly username: string; readonly part: number }
  | { readonly kind: 'robots' }
  | { readonly kind: 'style'; readonly version: string }
  /** An address of ours in another notation, and how we write it. */
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'nothing' };

const NOTHING = { kind: 'nothing' } as const;
const FEEDS: ReadonlyMap<string, FeedFormat> = new Map([
  ['rss.xml', 'rss'],
  ['atom.xml', 'atom'],
  ['feed.json', 'json'],
]);

/**
 * Reads a request's target. An address of ours that is written differently (percent-encoded, in upper
 * case, with a slash at its end) is answered as `moved`, once, with its query kept.
 */
export function readAddress(target: string): Address {
  if (target.length > pageLimits.maxUrlCharacters) return NOTHING;
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  const canonical = canonicalPath(path);
  const address = addressOf(canonical, new URLSearchParams(query));
  // An invite is redirected anyway, and its token must not stay in a kept redirect.
  if (canonical === path || address.kind === 'nothing' || address.kind === 'invite') return address;
  return { kind: 'moved', to: query === '' ? canonical : `${canonical}?${headerSafe(query)}` };
}

/** Follows `moved`, for readers of addresses that are not asked to come back. */
export function resolveAddress(target: string): Exclude<Address, { kind: 'moved' }> {
  const address = readAddress(target);
  if (address.kind !== 'moved') return address;
  const resolved = readAddress(address.to);
  return resolved.kind === 'moved' ? NOTHING : resolved;
}

function canonicalPath(path: string): string {
  const decoded = withoutFinalSlashes(path.replace(/%[0-9a-f]{2}/gi, decodeIfPlain));
  return decoded.startsWith('/+') ? decoded : decoded.toLowerCase();
}

/** Only characters that addresses of ours are made of are decoded. */
function decodeIfPlain(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return /^[A-Za-z0-9@+_.-]$/.test(character) ? character : encoded;
}

function withoutFinalSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

/** Other characters than printable ASCII may not stand in a header. */
function headerSafe(query: string): string {
  return query.replace(/[^!-~]/gu, (character) => encodeURIComponent(character.toWellFormed()));
}

function addressOf(path: string, parameters: URLSearchParams): Address {
  if (path.startsWith('/@')) return nameAddress(path, parameters);
  const token = /^\/\+([A-Za-z0-9_-]{1,128})$/.exec(path)?.[1];
  if (token !== undefined) return { kind: 'invite', token };
  if (path.startsWith('/sitemap')) return sitemapAddress(path);
  const version = /^\/pages-style\/([0-9a-f]{16})\.css$/.exec(path)?.[1];
  if (version !== undefined) return { kind: 'style', version };
  if (path === '/directory') return directoryAddress(parameters);
  if (path === '/oembed') return { kind: 'oembed', query: parameters };
  return path === '/robots.txt' ? { kind: 'robots' } : NOTHING;
}

function nameAddress(path: string, parameters: URLSearchParams): Address {
  const [, username = '', rest = ''] = /^\/@([a-z0-9_]{5,32})(?:\/(.*))?$/.exec(path) ?? [];
  if (!isUsername(username)) return NOTHING;
  if (rest === '') return { kind: 'name', username, ...beforeOf(parameters) };
  const format = FEEDS.get(rest);
  if (format) return { kind: 'feed', username, format };
  const [, digits, embed] = /^([1-9]\d{0,9})(\/embed)?$/.exec(rest) ?? [];
  const seq = Number(digits);
  if (!(seq <= limits.maxSeq)) return NOTHING;
  return { kind: embed ? 'embed' : 'post', username, seq };
}

function beforeOf(parameters: URLSearchParams): { readonly before?: number } {
  const before = wholeNumber(parameters.get('before'));
  return before !== undefined && before <= limits.maxSeq ? { before } : {};
}

function directoryAddress(parameters: URLSearchParams): Address {
  const page = wholeNumber(parameters.get('page') ?? '1');
  if (page === undefined || page > pageLimits.maxDirectoryPages) return NOTHING;
  return { kind: 'directory', page };
}

function sitemapAddress(path: string): Address {
  if (path === '/sitemap.xml') return { kind: 'sitemap' };
  const [, name, digits] =
    /^\/sitemap\/(channels|@[a-z0-9_]{5,32})-(\d{1,10})\.xml$/.exec(path) ?? [];
  const part = wholeNumber(digits ?? '');
  if (name === undefined || part === undefined) return NOTHING;
  if (name === 'channels') return { kind: 'channel-sitemap', part };
  return { kind: 'post-sitemap', username: name.slice(1), part };
}

function wholeNumber(text: string | null): number | undefined {
  return /^[1-9]\d{0,9}$/.test(text ?? '') ? Number(text) : undefined;
}
