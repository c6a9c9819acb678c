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
  /** Said otherwise than we say it. */
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'nothing' };

const NOTHING = { kind: 'nothing' } as const;
const FEEDS: ReadonlyMap<string, FeedFormat> = new Map([
  ['rss.xml', 'rss'],
  ['atom.xml', 'atom'],
  ['feed.json', 'json'],
]);

/** Reads a request's target as it was sent: nothing in it is decoded or resolved. */
export function readAddress(target: string): Address {
  if (target.length > pageLimits.maxUrlCharacters) return NOTHING;
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
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
  const [, name = '', rest = ''] = /^\/@([A-Za-z0-9_]{5,32})(\/.*)?$/.exec(path) ?? [];
  const username = name.toLowerCase();
  if (!isUsername(username)) return NOTHING;
  if (username !== name) return { kind: 'moved', to: `/@${username}${safeRest(rest)}` };
  if (rest === '/') return { kind: 'moved', to: `/@${username}` };
  if (rest === '') return { kind: 'name', username, ...beforeOf(parameters) };
  const format = FEEDS.get(rest.slice(1));
  if (format) return { kind: 'feed', username, format };
  const [, digits, embed] = /^\/([1-9]\d{0,9})(\/embed)?$/.exec(rest) ?? [];
  const seq = Number(digits);
  if (!(seq <= limits.maxSeq)) return NOTHING;
  return { kind: embed ? 'embed' : 'post', username, seq };
}

/** Only what could be an address of ours is sent back to a browser. */
function safeRest(rest: string): string {
  return /^\/[a-z0-9./]{1,32}$/.test(rest) && !rest.includes('..') ? rest : '';
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
