import { conversationUri } from '@heliogram/content';
import { pageLimits } from '../limits.ts';
import { feedFilesMarkup } from '../markup/feed-files.ts';
import type { Site } from '../markup/layout.ts';
import { pathOf } from '../markup/masthead.ts';
import { descriptionOf, nameOf } from '../markup/one-post.ts';
import { bodyMarkup } from '../markup/post.ts';
import type { ShownPost } from '../markup/shown-post.ts';
import { oneLine } from '../markup/words.ts';
import type { PublicChannel } from '../reading/names.ts';

export type FeedItem = {
  /** The same for as long as the post is there, whatever becomes of the channel's name. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  /** HTML with absolute addresses. */
  readonly content: string;
  readonly sentAt: number;
  readonly changedAt: number;
  readonly author: string;
  readonly enclosures: readonly {
    readonly url: string;
    readonly type: string;
    readonly size: number;
    readonly title: string;
    readonly durationMs: number;
  }[];
  readonly image?: string;
};

/** What every format of a channel's feed says. */
export type Feed = {
  readonly id: string;
  /** BCP 47, of the feed's own words. */
  readonly language: string;
  readonly title: string;
  readonly description: string;
  readonly homeUrl: string;
  /** Where this feed is, by its file name. */
  readonly urlOf: (file: string) => string;
  readonly icon?: string;
  /** Of the newest change that is shown; the channel's beginning without posts. */
  readonly changedAt: number;
  /** Newest first. */
  readonly items: readonly FeedItem[];
};

export function feedOf(site: Site, channel: PublicChannel, posts: readonly ShownPost[]): Feed {
  const { avatarMediaId, conversationId, createdAt, description, title } = channel;
  const home = `${site.origin}${pathOf(channel)}`;
  const items = posts.slice(0, pageLimits.feedPosts).map((post) => itemOf(site, channel, post));
  return {
    id: conversationUri(conversationId),
    language: site.language.code,
    title: oneLine(title),
    description: oneLine(description) || oneLine(title),
    homeUrl: home,
    urlOf: (file) => `${home}/${file}`,
    ...(avatarMediaId === '' ? {} : { icon: `${site.origin}/media/${avatarMediaId}` }),
    changedAt: Math.max(createdAt, ...items.map(({ changedAt }) => changedAt)),
    items,
  };
}

function itemOf(
  { language, origin: base }: Site,
  channel: PublicChannel,
  post: ShownPost,
): FeedItem {
  const channelPath = pathOf(channel);
  const photo = post.files.find(({ shape }) => shape === 'photo');
  const files = feedFilesMarkup(post.files, { base, language });
  const context = { base, language, channelPath, files };
  return {
    id: `${conversationUri(channel.conversationId)}#${post.seq}`,
    url: `${base}${channelPath}/${post.seq}`,
    title: nameOf(post, language),
    summary: descriptionOf(post, language),
    content: bodyMarkup(post, context).text,
    sentAt: post.sentAt,
    changedAt: post.editedAt ?? post.sentAt,
    author: oneLine(post.author?.name ?? channel.title),
    enclosures: post.files.map(({ durationMs, mediaType, name, path, size }) => ({
      url: `${base}${path}`,
      type: mediaType,
      size,
      title: oneLine(name),
      durationMs,
    })),
    ...(photo ? { image: `${base}${photo.path}/preview` } : {}),
  };
}
