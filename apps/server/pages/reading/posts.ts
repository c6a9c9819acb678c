import { EntryKind, limits } from '@heliogram/protocol';
import { countersOf } from '../../channels/index.ts';
import type { LogPage, ReadRange } from '../../storage/port.ts';
import { pageLimits } from '../limits.ts';
import { findFiles, type PostFiles, type PublicFile, publicFiles } from './files.ts';
import { GONE, MISSING, type PublicChannel, type Refusal } from './names.ts';
import type { Reader } from './reader.ts';
import type { Standing } from './standing.ts';
import { type Origin, originsOf, type Quoted, quotedBy } from './surroundings.ts';

export type PublicPost = {
  readonly seq: number;
  readonly sentAt: number;
  /** Absent: never edited. */
  readonly editedAt?: number;
  readonly text: string;
  readonly format: 'markdown' | 'plain';
  readonly files: readonly PublicFile[];
  /** Of channels that sign. */
  readonly author?: { readonly name: string; readonly username: string };
  readonly forwardedFrom?: Origin;
  readonly replyTo?: Quoted;
  readonly views: number;
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
};

export type PostsPage<Post = PublicPost> = {
  /** Newest first. */
  readonly posts: readonly Post[];
  /** Where older ones begin; absent at the end. */
  readonly olderBefore?: number;
  /** Where the page of newer ones begins; `newest` where that is the first one. */
  readonly newerBefore?: number | 'newest';
};

/** The newest posts, or the newest below `before`. */
export async function readPostsPage(
  reader: Reader,
  channel: PublicChannel,
  before: number | undefined,
): Promise<PostsPage> {
  const size = pageLimits.postsPerPage;
  const found = await standingBefore(reader, channel, {
    before: before ?? limits.maxSeq + 1,
    size,
  });
  const posts = await publicPosts(reader, channel, found.posts);
  const newer = before === undefined ? undefined : await newerThan(reader, channel, before);
  return {
    posts: posts.toReversed(),
    ...(found.more ? { olderBefore: found.nextBefore } : {}),
    ...(newer === undefined ? {} : { newerBefore: newer }),
  };
}

/** The newest posts for feeds, newest first. */
export async function readNewest(
  reader: Reader,
  channel: PublicChannel,
  size: number,
): Promise<readonly PublicPost[]> {
  const found = await standingBefore(reader, channel, { before: limits.maxSeq + 1, size });
  return (await publicPosts(reader, channel, found.posts)).toReversed();
}

export type OnePost =
  | {
      readonly kind: 'post';
      readonly post: PublicPost;
      readonly newer?: number;
      readonly older?: number;
    }
  | Refusal;

export async function readOnePost(
  reader: Reader,
  channel: PublicChannel,
  seq: number,
): Promise<OnePost> {
  const entry = await reader.storage.log.entry(channel.row, seq);
  if (entry?.kind !== EntryKind.POST) return MISSING;
  if (entry.redacted) return GONE;
  if (entry.takenDownReason !== null) return { kind: 'gone', reason: entry.takenDownReason };
  const [post] = await publicPosts(reader, channel, reader.standing.among(channel.row, [entry]));
  if (!post) return MISSING;
  const older = await standingBefore(reader, channel, { before: seq, size: 1 });
  const newer = await standingAfter(reader, channel, seq);
  return {
    kind: 'post',
    post,
    ...(older.posts[0] ? { older: older.posts[0].entry.seq } : {}),
    ...(newer === undefined ? {} : { newer }),
  };
}

type Found = {
  /** Oldest first. */
  readonly posts: readonly Standing[];
  readonly more: boolean;
  readonly nextBefore: number;
};

/** The last posts below a bound. Reads on, a little, where notes and deleted posts leave holes. */
async function standingBefore(
  { standing, storage }: Reader,
  { row }: PublicChannel,
  { before, size }: { readonly before: number; readonly size: number },
): Promise<Found> {
  let posts: readonly Standing[] = [];
  let [nextBefore, more] = [before, true];
  for (let reads = 0; reads < pageLimits.maxReadsPerPage; reads += 1) {
    const limit = size - posts.length;
    const page = await storage.log.read(range(row, { beforeSeq: nextBefore, limit, from: 'end' }));
    posts = [...standing.among(row, page.entries), ...posts];
    more = page.more;
    nextBefore = page.entries[0]?.seq ?? nextBefore;
    const reachedByteLimit = page.entries.length < limit && posts.length > 0;
    if (!more || posts.length === size || reachedByteLimit) break;
  }
  return { posts, more, nextBefore };
}

/** Where the page of newer posts begins, seen from the page below `before`. */
async function newerThan(
  { storage }: Reader,
  { row }: PublicChannel,
  before: number,
): Promise<number | 'newest' | undefined> {
  const limit = pageLimits.postsPerPage;
  const bounds = { afterSeq: before - 1, limit, from: 'start' } as const;
  const page: LogPage = await storage.log.read(range(row, bounds));
  const last = page.entries.at(-1);
  if (!last) return undefined;
  return page.more ? last.seq + 1 : 'newest';
}

async function standingAfter(
  { standing, storage }: Reader,
  { row }: PublicChannel,
  seq: number,
): Promise<number | undefined> {
  // A hole wider than this ends the way: the channel's own page goes on.
  const page = await storage.log.read(range(row, { afterSeq: seq, limit: 8, from: 'start' }));
  return standing.among(row, page.entries)[0]?.entry.seq;
}

function range(
  conversation: number,
  bounds: Partial<ReadRange> & Pick<ReadRange, 'limit' | 'from'>,
): ReadRange {
  return {
    conversation,
    afterSeq: 0,
    beforeSeq: limits.maxSeq + 1,
    listed: true,
    maxBytes: pageLimits.maxReadBytes,
    ...bounds,
  };
}

async function publicPosts(
  reader: Reader,
  channel: PublicChannel,
  found: readonly Standing[],
): Promise<readonly PublicPost[]> {
  const { db } = reader.storage;
  const seqs = found.map(({ entry }) => entry.seq);
  const [counters, files, authors, origins, quotes] = await Promise.all([
    countersOf(db, channel.row, seqs),
    findFiles(db, channel.row, found.map(filesOf)),
    authorsOf(reader, found),
    originsOf(reader, found),
    quotedBy(reader, channel, found),
  ]);
  return found.map(({ entry, view }) => {
    const { seq, sentAt, revision } = entry;
    const { views = 0, reactions = [] } = counters.get(seq) ?? {};
    const author = entry.signed && entry.author !== null ? authors.get(entry.author) : undefined;
    const forwardedFrom = view.forwardedFrom && origins.get(seq);
    const replyTo = quotes.get(seq);
    return {
      seq,
      sentAt,
      ...(revision ? { editedAt: revision.editedAt } : {}),
      text: view.text,
      format: view.format,
      files: publicFiles({ seq, attachments: view.attachments }, files),
      ...(author ? { author } : {}),
      ...(forwardedFrom ? { forwardedFrom } : {}),
      ...(replyTo ? { replyTo } : {}),
      views,
      reactions: reactions.map(({ emoji = '', count = 0 }) => ({ emoji, count })),
    };
  });
}

function filesOf({ entry, view }: Standing): PostFiles {
  return { seq: entry.seq, attachments: view.attachments };
}

async function authorsOf({ profiles }: Reader, found: readonly Standing[]) {
  const signers = found.flatMap(({ entry: { author, signed } }) =>
    signed && author !== null ? [author] : [],
  );
  const known = signers.length > 0 ? await profiles.profiles([...new Set(signers)]) : new Map();
  return new Map(
    [...known].map(([row, { name = '', username = '' }]) => [row, { name, username }] as const),
  );
}
