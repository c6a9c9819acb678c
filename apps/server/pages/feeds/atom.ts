import { type Html, html } from '../markup/html.ts';
import type { Feed, FeedItem } from './feed.ts';

/** Atom (RFC 4287). */
export function atom(feed: Feed): Html {
  const { changedAt, description, homeUrl, icon, id, items, language, title, urlOf } = feed;
  return html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${id}</id>
<title>${title}</title>
<subtitle>${description}</subtitle>
<updated>${new Date(changedAt).toISOString()}</updated>
<link rel="self" type="application/atom+xml" href="${urlOf('atom.xml')}"/>
<link rel="alternate" type="text/html" href="${homeUrl}"/>
<author><name>${title}</name><uri>${homeUrl}</uri></author>
${
  icon !== undefined &&
  html`<icon>${icon}</icon>
`
}${items.map(entry)}</feed>
`;
}

function entry(post: FeedItem): Html {
  const { author, changedAt, content, enclosures, id, sentAt, summary, title, url } = post;
  return html`<entry>
<id>${id}</id>
<title>${title}</title>
<published>${new Date(sentAt).toISOString()}</published>
<updated>${new Date(changedAt).toISOString()}</updated>
<link rel="alternate" type="text/html" href="${url}"/>
${enclosures.map(
  (
    file,
  ) => html`<link rel="enclosure" href="${file.url}" length="${file.size}" type="${file.type}"${file.title !== '' && html` title="${file.title}"`}/>
`,
)}<author><name>${author}</name></author>
<summary>${summary}</summary>
<content type="html">${content}</content>
</entry>
`;
}
