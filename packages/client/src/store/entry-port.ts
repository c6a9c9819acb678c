/**
 * Entries of logs as they were last read: posts and notes, with edits folded in. A copy that may be
 * forgotten at any time; only what somebody opened is in it.
 */
export interface EntryStore {
  /** Keeps entries, in place of those with the same seq, and joins what is known with what was. */
  put(batch: EntryBatch): Promise<void>;
  range(query: EntryRangeQuery): Promise<EntryRange>;
  /** Replaces entries that are kept; others are not added. What the old ones said is erased. See also `compact`. */
  change(conversationId: string, entries: readonly CachedEntry[]): Promise<void>;
  /** Erases entries, and what they said from the index; that nothing stands there stays known. */
  remove(conversationId: string, seqs: readonly number[]): Promise<void>;
  /**
   * Entries with all words of the query: within one conversation the newest first, elsewhere the best
   * first (BM25), the newer of equals. None for a query without a word.
   */
  search(query: EntrySearch): Promise<readonly EntryHit[]>;
  /** Forgets what is beyond the bounds: oldest entries, and of the logs that were stored longest ago. */
  trim(bounds: TrimBounds): Promise<void>;
  forget(conversationId: string): Promise<void>;
  /** What each conversation takes, largest first. */
  sizes(): Promise<readonly CachedSize[]>;
}

export interface CachedEntry {
  readonly seq: number;
  /** `EntryKind` of the contract. */
  readonly kind: number;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  /** Encoded `Entry` of the contract. */
  readonly encoded: Uint8Array;
  /** What is found by search; empty: nothing. */
  readonly text: string;
}

/** Seqs from the first to the last, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface EntryBatch {
  readonly conversationId: string;
  readonly entries: readonly CachedEntry[];
  /** Between these, `entries` are all that the log shows. Absent: nothing is said about neighbours. */
  readonly known?: Span | undefined;
  /** Every entry of the log up to here was taken into what is kept: edits and deletions too. */
  readonly seenSeq?: number | undefined;
  /** When the entry at `seenSeq` was sent, where that is known. */
  readonly seenSentAt?: number | undefined;
  /** Milliseconds since the epoch: when this conversation was last of use. */
  readonly usedAt: number;
}

export interface EntryRangeQuery {
  readonly conversationId: string;
  /** Entries with afterSeq < seq, the first of them. */
  readonly afterSeq?: number | undefined;
  /** Entries with seq < beforeSeq: the last of them, or with `afterSeq` those between, from the start. */
  readonly beforeSeq?: number | undefined;
  /** At most `storeLimits.maxRangeEntries`. */
  readonly limit: number;
}

export interface EntryRange {
  /** Ascending by seq; also beyond gaps. */
  readonly entries: readonly CachedEntry[];
  /** Everything known whole in this conversation, ascending, apart from each other. */
  readonly spans: readonly Span[];
  /** See EntryBatch; 0 when nothing was said. */
  readonly seenSeq: number;
  /** See EntryBatch. */
  readonly seenSentAt: number | undefined;
}

export interface EntrySearch {
  /** As somebody typed it. */
  readonly query: string;
  readonly conversationId?: string | undefined;
  /** At most `storeLimits.maxSearchHits`. */
  readonly limit: number;
}

export interface EntryHit {
  readonly conversationId: string;
  readonly entry: CachedEntry;
  /** One line around the first words found. */
  readonly snippet: string;
  /** Ranges into `snippet`, UTF-16 units: start, end, start, end, … */
  readonly highlights: readonly number[];
}

export interface TrimBounds {
  readonly maxEntriesPerConversation: number;
  readonly maxBytes: number;
}

export interface CachedSize {
  readonly conversationId: string;
  readonly entries: number;
  /** Entries and their text; the index comes on top. */
  readonly bytes: number;
}
