import { pageLimits } from './limits.ts';
import { type Html, html } from './markup/html.ts';
import type { PagesOptions } from './options.ts';
import {
  type IndexedChannel,
  indexedChannels,
  partsOf,
  postUrls,
  type SitemapUrl,
} from './reading/sitemap.ts';

const XML = html`<?xml version="1.0" encoding="utf-8"?>
`;
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

type Reader = Pick<PagesOptions, 'storage' | 'runtime'>;

/** Every address that search engines may show: one list, or a list of lists where they are many. */
export async function sitemap(reader: Reader, origin: string): Promise<Html> {
  const { storage } = reader;
  const channels = await indexedChannels(storage, { offset: 0, limit: pageLimits.maxSitemaps });
  const parts = await partsOf(reader, channels);
  const isSmall =
    channels.length <= SMALL_CHANNELS &&
    channels.every(({ username }) => (parts.get(username) ?? 0) <= 1);
  if (isSmall) {
    const urls: SitemapUrl[] = channels.map(channelUrl);
    for (const channel of channels) urls.push(...(await postUrls(reader, channel, 1)));
    return urlSet(origin, [{ path: '/directory' }, ...urls]);
  }
  const channelParts = Math.ceil(channels.length / pageLimits.channelsPerSitemap);
  const paths = [
    ...Array.from({ length: channelParts }, (_, index) => `/sitemap/channels-${index + 1}.xml`),
    ...[...parts].flatMap(([username, count]) =>
      Array.from({ length: count }, (_, index) => `/sitemap/@${username}-${index + 1}.xml`),
    ),
  ];
  return index(origin, paths.slice(0, pageLimits.maxSitemaps));
}

/** Up to so many channels, of one part each, are one list. */
const SMALL_CHANNELS = 8;

export async function channelSitemap(
  { storage }: Reader,
  origin: string,
  part: number,
): Promise<Html> {
  const limit = pageLimits.channelsPerSitemap;
  const channels = await indexedChannels(storage, { offset: (part - 1) * limit, limit });
  return urlSet(origin, channels.map(channelUrl));
}

export async function postSitemap(
  reader: Reader & { readonly origin: string },
  channel: IndexedChannel,
  part: number,
): Promise<Html> {
  return urlSet(reader.origin, await postUrls(reader, channel, part));
}

export function robots(origin: string): string {
  return `User-agent: *
Disallow: /heliogram.v1.
Disallow: /connect
Disallow: /uploads
Disallow: /+

Sitemap: ${origin}/sitemap.xml
`;
}

const channelUrl = ({ username }: IndexedChannel): SitemapUrl => ({ path: `/@${username}` });

function urlSet(origin: string, urls: readonly SitemapUrl[]): Html {
  const entries = urls.map(
    ({
      changedAt,
      path,
    }) => html`<url><loc>${origin}${path}</loc>${changedAt !== undefined && html`<lastmod>${new Date(changedAt).toISOString()}</lastmod>`}</url>
`,
  );
  return html`${XML}<urlset xmlns="${NAMESPACE}">
${entries}</urlset>
`;
}

function index(origin: string, paths: readonly string[]): Html {
  const entries = paths.map(
    (path) => html`<sitemap><loc>${origin}${path}</loc></sitemap>
`,
  );
  return html`${XML}<sitemapindex xmlns="${NAMESPACE}">
${entries}</sitemapindex>
`;
}
