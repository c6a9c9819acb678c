import { avatarHue, initialsOf } from '@heliogram/content';
import type { PageLanguage } from '../language/language.ts';
import type { PublicChannel } from '../reading/names.ts';
import { Html, html } from './html.ts';

const FEED_NAMES = { 'rss.xml': 'RSS', 'atom.xml': 'Atom', 'feed.json': 'JSON Feed' } as const;
const FEED_TYPES = {
  'rss.xml': 'application/rss+xml',
  'atom.xml': 'application/atom+xml',
  'feed.json': 'application/feed+json',
} as const;

export const pathOf = ({ username }: { readonly username: string }): string => `/@${username}`;

/** Who speaks: at the head of the channel's page, beside its posts where there is room. */
export function masthead(channel: PublicChannel, posts: number, language: PageLanguage): Html {
  const { description, title, username } = channel;
  return html`<header class="masthead">
${avatar(channel, 96)}
<h1 class="p-name"><bdi>${title}</bdi></h1>
<p class="handle">@${username}</p>
${description !== '' && html`<div class="about p-summary">${textLines(description)}</div>`}
<p class="facts">${figures(channel, posts, language)}</p>
<p class="feeds">${language.texts.feeds} ${feeds(channel).map(({ name, path }) => html` <a href="${path}">${name}</a>`)}</p>
</header>`;
}

/** `12 subscribers · 3 posts` */
export function figures(
  { subscribers }: PublicChannel,
  posts: number,
  { formats, texts }: PageLanguage,
): string {
  return `${formats.counted(subscribers, texts.subscribers)} · ${formats.counted(posts, texts.posts)}`;
}

/** The same in one line, above a single post. */
export function nameplate(channel: PublicChannel, { newWindow = false } = {}): Html {
  const { title, username } = channel;
  return html`<header class="nameplate">
<a href="${pathOf(channel)}"${newWindow && html` target="_blank"`}>${avatar(channel, 48)}<span class="p-name"><bdi>${title}</bdi></span> <span class="handle">@${username}</span></a>
</header>`;
}

type Pictured = { readonly avatarMediaId: string } & (
  | { readonly title: string; readonly conversationId: string }
  | { readonly name: string; readonly accountId: string }
);

/** Initials on the colour of the id, as in the app, stand in for a picture that was never chosen. */
export function avatar(named: Pictured, pixels: number): Html {
  const isChannel = 'title' in named;
  const shape = isChannel ? 'tile' : 'round';
  if (named.avatarMediaId !== '') {
    return html`<img class="avatar ${shape}" src="/media/${named.avatarMediaId}/thumbnail" width="${pixels}" height="${pixels}" alt="">`;
  }
  const hue = avatarHue(isChannel ? named.conversationId : named.accountId);
  const initials = initialsOf(isChannel ? named.title : named.name);
  return html`<span class="avatar ${shape} letter hue-${hue}" aria-hidden="true">${initials}</span>`;
}

export function feeds(channel: PublicChannel) {
  return (['rss.xml', 'atom.xml', 'feed.json'] as const).map((file) => ({
    path: `${pathOf(channel)}/${file}`,
    type: FEED_TYPES[file],
    name: FEED_NAMES[file],
    title: `${channel.title} (${FEED_NAMES[file]})`,
  }));
}

/** Plain words with their line breaks. */
export function textLines(text: string): Html {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0
    ? new Html('')
    : html`${lines.map((line) => html`<p dir="auto">${line}</p>`)}`;
}
