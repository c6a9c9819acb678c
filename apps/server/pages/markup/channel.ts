import type { PageLanguage } from '../language/language.ts';
import { filled } from '../language/texts.ts';
import { pageLimits } from '../limits.ts';
import type { PublicChannel } from '../reading/names.ts';
import type { PostsPage } from '../reading/posts.ts';
import { type Html, html } from './html.ts';
import { type Metadata, page, type Site } from './layout.ts';
import { feeds, figures, masthead, pathOf } from './masthead.ts';
import { postMarkup } from './post.ts';
import type { ShownPost } from './shown-post.ts';
import { excerpt, isoDay } from './words.ts';

export type ChannelContent = {
  readonly channel: PublicChannel;
  readonly postCount: number;
  readonly page: PostsPage<ShownPost>;
  readonly before: number | undefined;
};

/** A channel's posts, newest first, parted by days. */
export function channelPage(site: Site, content: ChannelContent): Html {
  const { channel, page: posts, postCount } = content;
  const { language } = site;
  const main = html`<div class="channel h-feed">
${masthead(channel, postCount, language)}
<div class="stream">
${days(channel, posts.posts, language)}${posts.posts.length === 0 && html`<p class="empty">${emptyWords(content, language)}</p>`}
${turning(channel, posts, language)}
</div>
</div>`;
  const parts = { metadata: metadata(content, language), main };
  return page(site, { ...parts, appPath: `/#@${channel.username}` });
}

function emptyWords({ before, postCount }: ChannelContent, { texts }: PageLanguage): string {
  if (postCount === 0) return texts.nothingPosted;
  return before === undefined ? texts.newestDeleted : texts.nothingOnPage;
}

function days(
  channel: PublicChannel,
  posts: readonly ShownPost[],
  language: PageLanguage,
): readonly Html[] {
  const channelPath = pathOf(channel);
  const byDay = Map.groupBy(posts, ({ sentAt }) => isoDay(sentAt));
  return [...byDay].map(([day, ofDay]) => {
    const [first] = ofDay;
    return html`<section class="day" aria-labelledby="day-${day}">
<h2 id="day-${day}"><time datetime="${day}">${language.formats.longDate(first?.sentAt ?? 0)}</time></h2>
${ofDay.map((post) => postMarkup(post, { base: '', language, channelPath, whenShown: 'clock', eager: post === posts[0] }))}</section>
`;
  });
}

function turning(
  channel: PublicChannel,
  posts: PostsPage<unknown>,
  { texts }: PageLanguage,
): Html | false {
  const { newer, older } = neighbours(channel, posts);
  if (newer === undefined && older === undefined) return false;
  return html`<nav class="turning" aria-label="${texts.pages}">
${newer !== undefined && html`<a class="button quiet" rel="prev" href="${newer}">${texts.newerPosts}</a>`}
${older !== undefined && html`<a class="button quiet" rel="next" href="${older}">${texts.olderPosts}</a>`}
</nav>`;
}

function neighbours(channel: PublicChannel, { newerBefore, olderBefore }: PostsPage<unknown>) {
  const path = pathOf(channel);
  const newer = newerBefore === 'newest' ? path : `${path}?before=${newerBefore}`;
  return {
    newer: newerBefore === undefined ? undefined : newer,
    older: olderBefore === undefined ? undefined : `${path}?before=${olderBefore}`,
  };
}

function metadata(
  { before, channel, page: posts, postCount }: ChannelContent,
  language: PageLanguage,
): Metadata {
  const { avatarMediaId, description, noIndex, title, username } = channel;
  const path = pathOf(channel);
  // A page that nothing is newer than is the first one, however it was asked for.
  const isFirst = before === undefined || posts.newerBefore === undefined;
  const name = `${title} (@${username})`;
  const { newer, older } = neighbours(channel, posts);
  return {
    title: isFirst ? name : filled(language.texts.beforePost, name, before ?? 0),
    description:
      excerpt(description, pageLimits.excerptCharacters) ||
      `${title}: ${figures(channel, postCount, language)}`,
    canonicalPath: isFirst ? path : `${path}?before=${before}`,
    indexed: !noIndex,
    ...(avatarMediaId === ''
      ? {}
      : {
          image: {
            path: `/media/${avatarMediaId}/preview`,
            width: 0,
            height: 0,
            alt: title,
            large: false,
          },
        }),
    alternates: feeds(channel),
    ...(newer === undefined ? {} : { newer }),
    ...(older === undefined ? {} : { older }),
  };
}
