import type { Feed, FeedItem } from './feed.ts';

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export function jsonFeed(feed: Feed): string {
  const { description, homeUrl, icon, items, language, title, urlOf } = feed;
  const said = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: homeUrl,
    feed_url: urlOf('feed.json'),
    description,
    language,
    ...(icon === undefined ? {} : { icon }),
    authors: [{ name: title, url: homeUrl }],
    items: items.map(item),
  };
  return `${JSON.stringify(said)}\n`;
}

function item(post: FeedItem) {
  const { author, changedAt, content, enclosures, id, image, sentAt, summary, title, url } = post;
  return {
    id,
    url,
    title,
    summary,
    content_html: content,
    ...(image === undefined ? {} : { image }),
    date_published: new Date(sentAt).toISOString(),
    ...(changedAt === sentAt ? {} : { date_modified: new Date(changedAt).toISOString() }),
    authors: [{ name: author }],
    attachments: enclosures.map((file) => ({
      url: file.url,
      mime_type: file.type,
      size_in_bytes: file.size,
      ...(file.title === '' ? {} : { title: file.title }),
      ...(file.durationMs > 0 ? { duration_in_seconds: Math.round(file.durationMs / 1_000) } : {}),
    })),
  };
}
