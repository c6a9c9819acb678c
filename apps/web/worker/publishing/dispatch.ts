import type { FailureView } from '../../bridge/contract/session.ts';

/** What a person has let go of and the outbox cannot take yet: it waits for files, a network, its time. */
export type Dispatch = PostDispatch | EditDispatch | ForwardDispatch | DeleteDispatch;

interface Waiting {
  readonly id: string;
  /** Where it happens. */
  readonly conversationId: string;
  /** Refused for good: it waits for a person. */
  readonly failure?: FailureView;
}

export interface PostDispatch extends Waiting {
  readonly kind: 'post';
  readonly text: string;
  readonly replyTo: number | null;
  readonly uploads: readonly string[];
  readonly silent: boolean;
  readonly scheduledAt: number | null;
  readonly queuedAt: number;
  /** Hex: the entry's id in the log, so that it is there once. */
  readonly appendId: string;
}

export interface EditDispatch extends Waiting {
  readonly kind: 'edit';
  readonly seq: number;
  readonly text: string;
  readonly queuedAt: number;
  readonly appendId: string;
}

/** Posts on their way into one other channel, all of them or none. */
export interface ForwardDispatch extends Waiting {
  readonly kind: 'forward';
  readonly from: { readonly conversationId: string; readonly seqs: readonly number[] };
  readonly silent: boolean;
  /** Of each post, in the order of `from.seqs`. */
  readonly appendIds: readonly string[];
}

export interface DeleteDispatch extends Waiting {
  readonly kind: 'delete';
  /** What is not deleted yet. */
  readonly seqs: readonly number[];
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
}
