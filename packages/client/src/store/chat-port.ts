/**
 * The list of conversations as it was last seen, and what a person does with them: drafts, places, order.
 * The second part outlives the first; what other devices are told of it goes through own state.
 */
export interface ChatStore {
  /** Keeps what is given, beside what is kept of the same conversation. */
  put(chats: readonly ChatUpdate[]): Promise<void>;
  /** All that was put, in no order. */
  all(): Promise<readonly CachedChat[]>;
  get(conversationIds: readonly string[]): Promise<readonly CachedChat[]>;
  /** Forgets what was put; what is local stays. */
  remove(conversationIds: readonly string[]): Promise<void>;
  /** What is local of every conversation that has something. */
  locals(): Promise<readonly ChatLocal[]>;
  local(conversationId: string): Promise<ChatLocal>;
  /** Changes the parts given. Throws `too_large` for a draft beyond its limits. */
  setLocal(conversationId: string, change: LocalChange): Promise<void>;
}

export interface ChatUpdate {
  readonly conversationId: string;
  /** Encoded `ConversationSummary` of the contract. */
  readonly summary?: Uint8Array | undefined;
  /** Encoded `Channel` of the contract. */
  readonly channel?: Uint8Array | undefined;
}

export interface CachedChat {
  readonly conversationId: string;
  /** Null: not one's own, but looked at. */
  readonly summary: Uint8Array | null;
  readonly channel: Uint8Array | null;
}

export interface ChatLocal {
  readonly conversationId: string;
  /** Place among those pinned to the top, lowest first; null: not pinned. */
  readonly pinOrder: number | null;
  readonly draft: Draft | null;
  readonly place: Place | null;
}

export type LocalChange = Partial<Omit<ChatLocal, 'conversationId'>>;

/** What is being written. */
export interface Draft {
  readonly text: string;
  /** Of the post that is answered. */
  readonly replyTo: number | null;
  /** Of the post that is edited. */
  readonly editing: number | null;
  /** References that mean something to whoever wrote them. */
  readonly attachments: readonly string[];
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/** Where a person was reading. */
export interface Place {
  /** Of the topmost post in sight. */
  readonly seq: number;
  /** Of its top from that of the view, in pixels. */
  readonly offset: number;
  /** The last post seen. */
  readonly readSeq: number;
}
