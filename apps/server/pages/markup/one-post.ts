import { pageLimits } from '../limits.ts';
import type { PublicChannel } from '../reading/names.ts';
import type { OnePost, PublicPost } from '../reading/posts.ts';
import { isSeen } from './files.ts';
import { type Html, html } from './html.ts';
import { head, type Metadata, page, type Site } from './layout.ts';
import { feeds, nameplate, pathOf } from './masthead.ts';
import { postMarkup } from './post.ts';
import { counted, cut, excerpt, headline, isoTime, oneLine } from './words.ts';

type Shown = Extract<OnePost, { kind: 'post' }>;

/** A post by itself. */
export function postPage(site: Site, channel: PublicChannel, shown: Shown): Html {
  const { newer, older, post } = shown;
  const channelPath = pathOf(channel);
  const path = `${channelPath}/${post.seq}`;
  const main = html`<div class="single">
<h1 class="aside">${titleOf(channel, post)}</h1>
${nameplate(channel)}
${postMarkup(post, { base: '', channelPath, whenShown: 'date', eager: true })}
<nav class="turning" aria-label="Posts">
${newer !== undefined && html`<a class="button quiet" rel="prev" href="${channelPath}/${newer}">Newer post</a>`}
<a class="button quiet" href="${channelPath}">All posts</a>
${older !== undefined && html`<a class="button quiet" rel="next" href="${channelPath}/${older}">Older post</a>`}
</nav>
</div>`;
  return page(site, {
    metadata: metadata(site, channel, post),
    appPath: `/#${path.slice(1)}`,
    main,
  });
}

/** The same for a frame on somebody else's page. */
export function embedPage(site: Site, channel: PublicChannel, post: PublicPost): Html {
  const channelPath = pathOf(channel);
  const { title, description } = metadata(site, channel, post);
  return html`<!DOCTYPE html>
<html lang="en" class="embedded">
<head>
${head(site, { title, description, indexed: false })}
<link rel="canonical" href="${site.origin}${channelPath}/${post.seq}">
<base target="_blank">
</head>
<body>
<main>
<h1 class="aside">${title}</h1>
${nameplate(channel, { newWindow: true })}
${postMarkup(post, { base: '', channelPath, whenShown: 'date', eager: true, newWindow: true })}
</main>
</body>
</html>
`;
}

/** What a post is called where it needs a name. */
function titleOf(channel: PublicChannel, post: PublicPost): string {
  const { tabChannelCharacters, tabWordsCharacters } = pageLimits;
  return `${cut(nameOf(post), tabWordsCharacters)} · ${cut(oneLine(channel.title), tabChannelCharacters)}`;
}

export function nameOf(post: PublicPost): string {
  return headline(post.text, pageLimits.titleCharacters) || shownWords(post);
}

export function descriptionOf(post: PublicPost): string {
  return excerpt(post.text, pageLimits.excerptCharacters) || shownWords(post);
}

function shownWords({ files, seq }: PublicPost): string {
  const photos = files.filter(({ shape }) => shape === 'photo').length;
  if (photos > 0 && photos === files.length) return counted(photos, 'photo', 'photos');
  return files.length > 0 ? counted(files.length, 'file', 'files') : `Post ${seq}`;
}

function metadata(site: Site, channel: PublicChannel, post: PublicPost): Metadata {
  const path = `${pathOf(channel)}/${post.seq}`;
  const title = titleOf(channel, post);
  const image = previewImage(channel, post);
  return {
    title,
    description: descriptionOf(post),
    canonicalPath: path,
    indexed: !channel.noIndex,
    type: 'article',
    publishedAt: isoTime(post.sentAt),
    ...(post.editedAt === undefined ? {} : { modifiedAt: isoTime(post.editedAt) }),
    ...(image ? { image } : {}),
    alternates: [...oembedLinks(site, path, title), ...feeds(channel)],
  };
}

function oembedLinks({ origin }: Site, path: string, title: string) {
  const url = encodeURIComponent(`${origin}${path}`);
  return (['json', 'xml'] as const).map((format) => ({
    type: format === 'json' ? 'application/json+oembed' : 'text/xml+oembed',
    path: `/oembed?url=${url}&format=${format}`,
    title,
  }));
}

function previewImage({ avatarMediaId, title }: PublicChannel, { files }: PublicPost) {
  const photo = files.find((file) => isSeen(file) && file.shape === 'photo');
  if (photo) {
    const { description, height, path, width } = photo;
    return { path, width, height, alt: description || 'Photo', large: true };
  }
  if (avatarMediaId === '') return undefined;
  return { path: `/media/${avatarMediaId}`, width: 0, height: 0, alt: title, large: false };
}
