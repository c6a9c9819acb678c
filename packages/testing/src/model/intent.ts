/** What somebody meant to have in a log, and what became of it as far as he was told. */
export interface Intent {
  /** Its text, like no other. */
  readonly text: string;
  readonly conversationId: string;
  readonly author: string;
  readonly kind: 'post' | 'edit' | 'scheduled';
  /** Of an edit. */
  readonly targetSeq: number;
  readonly askedAtMs: number;
  /** Place among its author's intents for this log, in the order in which they were made durable. */
  itemId: number | undefined;
  /**
   * `asked`: may come to be. `promised`: durable where it was written, so it comes to be unless it is
   * refused. `acknowledged`: it is in the log at `seq`. `refused`: nobody will try again.
   */
  state: 'asked' | 'promised' | 'acknowledged' | 'refused';
  seq: number;
}

export function newIntent(
  facts: Pick<Intent, 'text' | 'conversationId' | 'author' | 'kind' | 'askedAtMs'> & {
    readonly targetSeq?: number;
  },
): Intent {
  return { targetSeq: 0, ...facts, itemId: undefined, state: 'asked', seq: 0 };
}
