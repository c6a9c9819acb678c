import type { PageLanguage } from '../language/language.ts';
import { filled } from '../language/texts.ts';
import { pageLimits } from '../limits.ts';
import type { PublicFile } from '../reading/files.ts';
import type { PublicChannel } from '../reading/names.ts';
import type { OnePost, PublicPost } from '../reading/posts.ts';
import { isSeen } from './files.ts';
import { type Html, html } from './html.ts';
import { head, type Metadata, page, type Site } from './layout.ts';
import { feeds, nameplate, pathOf } from './masthead.ts';
import { postMarkup } from './post.ts';
import type { ShownPost } from './shown-post.ts';
import { cut, excerpt, headline, isoTime, oneLine } from './words.ts';

type Shown = Omit<Extract<OnePost, { kind: 'post' }>, 'post'> & { readonly post: ShownPost };

/** A post by itself. */
export function postPage(site: Site, channel: PublicChannel, shown: Shown): Html {
  const { newer, older, post } = shown;
  const { language } = site;
  const { texts } = language;
  const channelPath = pathOf(channel);
  const path = `${channelPath}/${post.seq}`;
  const main = html`<div class="single">
<h1 class="aside">${titleOf(channel, post, language)}</h1>
${nameplate(channel)}
${postMarkup(post, { base: '', language, channelPath, whenShown: 'date', eager: true })}
<nav class="turning" aria-label="${texts.pages}">
${newer !== undefined && html`<a class="button quiet" rel="prev" href="${channelPath}/${newer}">${texts.newerPost}</a>`}
<a class="button quiet" href="${channelPath}">${texts.allPosts}</a>
${older !== undefined && html`<a class="button quiet" rel="next" href="${channelPath}/${older}">${texts.olderPost}</a>`}
</nav>
</div>`;
  return page(site, {
    metadata: metadata(site, channel, post),
    appPath: `/#${path.slice(1)}`,
    main,
  });
}

/** The same for a frame on somebody else's page. */
export function embedPage(site: Site, channel: PublicChannel, post: ShownPost): Html {
  const channelPath = pathOf(channel);
  const { title, description } = metadata(site, channel, post);
  return html`<!DOCTYPE html>
<html lang="${site.language.code}" dir="${site.language.direction}" class="embedded">
<head>
${head(site, { title, description, indexed: false })}
<link rel="canonical" href="${site.origin}${channelPath}/${post.seq}">
<base target="_blank">
</head>
<body>
<main>
<h1 class="aside">${title}</h1>
${nameplate(channel, { newWindow: true })}
${postMarkup(post, { base: '', language: site.language, channelPath, whenShown: 'date', eager: true, newWindow: true })}
</main>
</body>
</html>
`;
}

/** What a post is called where it needs a name. */
function titleOf(channel: PublicChannel, post: PublicPost, language: PageLanguage): string {
  const { tabChannelCharacters, tabWordsCharacters } = pageLimits;
  return `${cut(nameOf(post, language), tabWordsCharacters)} · ${cut(oneLine(channel.title), tabChannelCharacters)}`;
}

export function nameOf(post: PublicPost, language: PageLanguage): string {
  return headline(post.text, pageLimits.titleCharacters) || shownWords(post, language);
}

export function descriptionOf(post: PublicPost, language: PageLanguage): string {
  return excerpt(post.text, pageLimits.excerptCharacters) || shownWords(post, language);
}

function shownWords({ files, seq }: PublicPost, { formats, texts }: PageLanguage): string {
  const photos = files.filter(({ shape }) => shape === 'photo').length;
  if (photos > 0 && photos === files.length) return formats.counted(photos, texts.photos);
  if (files.length > 0) return formats.counted(files.length, texts.files);
  return filled(texts.post, seq);
}

function metadata(site: Site, channel: PublicChannel, post: PublicPost): Metadata {
  const path = `${pathOf(channel)}/${post.seq}`;
  const title = titleOf(channel, post, site.language);
  const image = previewImage(channel, post, site.language);
  return {
    title,
    description: descriptionOf(post, site.language),
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

function previewImage(
  { avatarMediaId, title }: PublicChannel,
  { files }: PublicPost,
  { texts }: PageLanguage,
) {
  const photo = files.find((file) => isSeen(file) && file.shape === 'photo');
  if (photo) {
    const { description, path } = photo;
    const { height, width } = previewSize(photo);
    const alt = description || texts.photo;
    return { path: `${path}/preview`, width, height, alt, large: true };
  }
  if (avatarMediaId === '') return undefined;
  const path = `/media/${avatarMediaId}/preview`;
  return { path, width: 0, height: 0, alt: title, large: false };
}

const PREVIEW_PIXELS = 1_200;
/** Of a picture that is longer for its width, the preview is only the beginning. */
const MAX_PREVIEW_RATIO = 2;

/** The size of the preview that the server keeps of a photo (MED-28); zeros where it is not known. */
function previewSize({ height, width }: PublicFile): Pick<PublicFile, 'height' | 'width'> {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  if (shorter === 0 || longer > shorter * MAX_PREVIEW_RATIO) return { height: 0, width: 0 };
  const scale = Math.min(1, PREVIEW_PIXELS / longer);
  return { height: Math.round(height * scale), width: Math.round(width * scale) };
}
