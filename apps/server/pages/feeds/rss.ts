import { type Html, html } from '../markup/html.ts';
import type { Feed, FeedItem } from './feed.ts';

/** RSS 2.0 with its content, media and Dublin Core modules. */
export function rss(feed: Feed): Html {
  const { changedAt, description, homeUrl, icon, items, language, title, urlOf } = feed;
  return html`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>${title}</title>
<link>${homeUrl}</link>
<description>${asMarkup(description)}</description>
<language>${language}</language>
<atom:link href="${urlOf('rss.xml')}" rel="self" type="application/rss+xml"/>
<lastBuildDate>${new Date(changedAt).toUTCString()}</lastBuildDate>
${
  icon !== undefined &&
  html`<image><url>${icon}</url><title>${title}</title><link>${homeUrl}</link></image>
`
}${items.map(item)}</channel>
</rss>
`;
}

/**
 * Plain text where RSS has markup: readers decode a description twice, once as XML and once as HTML
 * (RSS 2.0, "entity-encoded HTML is allowed").
 */
function asMarkup(text: string): string {
  return html`${text}`.text;
}

function item(post: FeedItem): Html {
  const { author, changedAt, content, enclosures, id, sentAt, title, url } = post;
  const [first] = enclosures;
  return html`<item>
<title>${title}</title>
<link>${url}</link>
<guid isPermaLink="false">${id}</guid>
<pubDate>${new Date(sentAt).toUTCString()}</pubDate>
${
  changedAt !== sentAt &&
  html`<atom:updated>${new Date(changedAt).toISOString()}</atom:updated>
`
}<dc:creator>${author}</dc:creator>
<description>${asMarkup(post.summary)}</description>
<content:encoded>${content}</content:encoded>
${
  first &&
  html`<enclosure url="${first.url}" length="${first.size}" type="${first.type}"/>
`
}${
  enclosures.length > 1 &&
  enclosures.map(
    (file) => html`<media:content url="${file.url}" fileSize="${file.size}" type="${file.type}"/>
`,
  )
}</item>
`;
}
