import type { Conversation } from '../conversations/policy.ts';
import type { StoredEntry } from '../storage/port.ts';

/** Full-text search over posts. What the index holds is a copy: every hit is checked again here. */
export interface PostSearch {
  /**
   * Best first, or newest first. Asks `readable` which conversations count before it ranks or pages, so that
   * nothing hidden shifts what is seen. A query without a word finds nothing.
   */
  search(request: PostQuery): Promise<PostHits>;
}

export type PostQuery = {
  readonly query: string;
  /** Only within this conversation. */
  readonly conversation?: number;
  /** By seq instead of by how well the words fit. Only within one conversation. */
  readonly newestFirst?: boolean;
  /** Of these conversations, the ones whose posts the caller may see. */
  readonly readable: (conversations: readonly number[]) => Promise<ReadonlySet<number>>;
  /** Hits to leave out from the front, at most 10,000. */
  readonly offset: number;
  readonly limit: number;
};

export type PostHits = { readonly hits: readonly RankedPost[]; readonly more: boolean };

export type RankedPost = {
  readonly conversation: number;
  readonly seq: number;
  /** Plain text around the words found. */
  readonly snippet: string;
  /** Ranges into `snippet`, UTF-16 units: start, end, start, end, … */
  readonly highlights: readonly number[];
};

/** Words in titles, usernames and descriptions of listed channels. */
export interface DirectorySearch {
  /** Conversations, best first. A query without a word finds nothing. */
  search(request: {
    readonly query: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly conversations: readonly number[]; readonly more: boolean }>;
}

/** What keeps the indexes true. Calls return at once and never throw; an index may lag behind. */
export interface SearchFeed {
  /** In log order, after they are durable: posts, edits (fold into their target), redactions. */
  entriesAppended(conversation: Conversation, entries: readonly StoredEntry[]): void;
  /** A post was withheld by a moderator or given back: read it again. */
  postChanged(conversation: Conversation, seq: number): void;
  /** Created, renamed, listed or not, taken down or restored: read its row again. */
  channelChanged(conversation: Conversation): void;
  channelRemoved(conversation: Conversation): void;
}

export type ChannelSearch = {
  readonly posts: PostSearch;
  readonly directory: DirectorySearch;
  readonly feed: SearchFeed;
};
