import type { HttpRoute } from '../gateway/http-server.ts';
import type { PagesOptions } from './options.ts';

export type { PagesOptions } from './options.ts';

const PREFIXES = [
  '/@',
  // An address whose first letter is percent-encoded, such as `/%40name`.
  '/%',
  '/+',
  '/directory',
  '/oembed',
  '/pages-style',
  '/robots.txt',
  '/sitemap',
  '/sitemap.xml',
];

/** What anybody may read, as pages and feeds: no script, no account. */
export function pageRoutes(options: PagesOptions): readonly HttpRoute[] {
  let loading: Promise<HttpRoute['handle']> | undefined;
  // Loaded with the first page: a start does not wait for it.
  const load = async () => (await import('./pages.ts')).createPages(options);
  const handle: HttpRoute['handle'] = async (request, response, client) => {
    loading ??= load();
    await (await loading)(request, response, client);
  };
  return PREFIXES.map((prefix) => ({ prefix, handle }));
}
