import { pageLimits } from '../limits.ts';
import type { PublicChannel } from '../reading/names.ts';
import type { PostsPage, PublicPost } from '../reading/posts.ts';
import { type Html, html } from './html.ts';
import { type Metadata, page, type Site } from './layout.ts';
import { feeds, masthead, pathOf } from './masthead.ts';
import { postMarkup } from './post.ts';
import { counted, excerpt, isoDay, longDate } from './words.ts';

export type ChannelContent = {
  readonly channel: PublicChannel;
  readonly postCount: number;
  readonly page: PostsPage;
  readonly before: number | undefined;
};

/** A channel's posts, newest first, parted by days. */
export function channelPage(site: Site, content: ChannelContent): Html {
  const { channel, page: posts, postCount } = content;
  const main = html`<div class="channel h-feed">
${masthead(channel, postCount)}
<div class="stream">
${days(channel, posts.posts)}${posts.posts.length === 0 && html`<p class="empty">${emptyWords(content)}</p>`}
${turning(channel, posts)}
</div>
</div>`;
  return page(site, { metadata: metadata(content), appPath: `/#@${channel.username}`, main });
}

function emptyWords({ before, postCount }: ChannelContent): string {
  if (postCount === 0) return 'Nothing has been posted here yet.';
  return before === undefined
    ? 'The newest posts were deleted.'
    : 'No posts are left on this page.';
}

function days(channel: PublicChannel, posts: readonly PublicPost[]): readonly Html[] {
  const channelPath = pathOf(channel);
  const byDay = Map.groupBy(posts, ({ sentAt }) => isoDay(sentAt));
  return [...byDay].map(([day, ofDay]) => {
    const [first] = ofDay;
    return html`<section class="day" aria-labelledby="day-${day}">
<h2 id="day-${day}"><time datetime="${day}">${longDate(first?.sentAt ?? 0)}</time></h2>
${ofDay.map((post) => postMarkup(post, { base: '', channelPath, whenShown: 'clock', eager: post === posts[0] }))}</section>
`;
  });
}

function turning(channel: PublicChannel, posts: PostsPage): Html | false {
  const { newer, older } = neighbours(channel, posts);
  if (newer === undefined && older === undefined) return false;
  return html`<nav class="turning" aria-label="Pages">
${newer !== undefined && html`<a class="button quiet" rel="prev" href="${newer}">Newer posts</a>`}
${older !== undefined && html`<a class="button quiet" rel="next" href="${older}">Older posts</a>`}
</nav>`;
}

function neighbours(channel: PublicChannel, { newerBefore, olderBefore }: PostsPage) {
  const path = pathOf(channel);
  const newer = newerBefore === 'newest' ? path : `${path}?before=${newerBefore}`;
  return {
    newer: newerBefore === undefined ? undefined : newer,
    older: olderBefore === undefined ? undefined : `${path}?before=${olderBefore}`,
  };
}

function metadata({ before, channel, page: posts, postCount }: ChannelContent): Metadata {
  const { avatarMediaId, description, followers, noIndex, title, username } = channel;
  const path = pathOf(channel);
  // A page that nothing is newer than is the first one, however it was asked for.
  const isFirst = before === undefined || posts.newerBefore === undefined;
  const figures = `${counted(followers, 'follower', 'followers')}, ${counted(postCount, 'post', 'posts')}`;
  const { newer, older } = neighbours(channel, posts);
  return {
    title: isFirst ? `${title} (@${username})` : `${title} (@${username}), before post ${before}`,
    description: excerpt(description, pageLimits.excerptCharacters) || `${title}: ${figures}.`,
    canonicalPath: isFirst ? path : `${path}?before=${before}`,
    indexed: !noIndex,
    ...(avatarMediaId === ''
      ? {}
      : {
          image: { path: `/media/${avatarMediaId}`, width: 0, height: 0, alt: title, large: false },
        }),
    alternates: feeds(channel),
    ...(newer === undefined ? {} : { newer }),
    ...(older === undefined ? {} : { older }),
  };
}
