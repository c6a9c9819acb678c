import type { Runtime } from '../runtime.ts';
import type { Database, Storage } from '../storage/port.ts';
import type { Conversation, ConversationPolicy, MarkMove } from './policy.ts';

/** Marks that come within this time share one transaction. */
const COLLECT_MS = 25;
/** Marks moved in one transaction: short, so that appends get their turn in between. */
const MAX_BATCH = 250;

type Waiting = {
  readonly conversation: Conversation;
  readonly account: number;
  seq: number;
  readonly settle: { resolve(): void; reject(error: unknown): void }[];
};

/**
 * Read marks, folded: many acknowledgements of one account become one row moved once. A mark only
 * moves forward; what it passes is told to the conversation's policy in the same transaction.
 */
export class ReadMarks {
  readonly #storage: Storage;
  readonly #runtime: Runtime;
  readonly #policyOf: (conversation: Conversation) => ConversationPolicy;
  #waiting = new Map<string, Waiting>();
  #flushing: Promise<void> | undefined;

  constructor(parts: {
    readonly storage: Storage;
    readonly runtime: Runtime;
    readonly policyOf: (conversation: Conversation) => ConversationPolicy;
  }) {
    this.#storage = parts.storage;
    this.#runtime = parts.runtime;
    this.#policyOf = parts.policyOf;
  }

  /** Resolves once the mark is durable. */
  move(conversation: Conversation, account: number, seq: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const key = `${conversation.id}:${account}`;
      const waiting = this.#waiting.get(key);
      if (waiting) {
        waiting.seq = Math.max(waiting.seq, seq);
        waiting.settle.push({ resolve, reject });
        return;
      }
      this.#waiting.set(key, { conversation, account, seq, settle: [{ resolve, reject }] });
      if (this.#waiting.size === 1) this.#runtime.after(COLLECT_MS, () => void this.flush());
    });
  }

  /** Marks of an account, by conversation row. */
  async of(
    account: number,
    conversations: readonly number[],
  ): Promise<ReadonlyMap<number, number>> {
    if (conversations.length === 0) return new Map();
    const rows = await this.#storage.db
      .selectFrom('read_marks')
      .select(['conversation', 'seq'])
      .where('account', '=', account)
      .where('conversation', 'in', conversations)
      .execute();
    return new Map(rows.map((row) => [row.conversation, row.seq]));
  }

  /** Writes what waits; also before the process ends. */
  async flush(): Promise<void> {
    await this.#flushing;
    const waiting = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#flushing = this.#writeAll(waiting);
    await this.#flushing;
  }

  async #writeAll(waiting: readonly Waiting[]): Promise<void> {
    for (let start = 0; start < waiting.length; start += MAX_BATCH) {
      const batch = waiting.slice(start, start + MAX_BATCH);
      try {
        await this.#storage.transaction((database) => this.#write(database, batch));
        for (const { settle } of batch) for (const { resolve } of settle) resolve();
      } catch (error) {
        for (const { settle } of batch) for (const { reject } of settle) reject(error);
      }
    }
  }

  async #write(database: Database, batch: readonly Waiting[]): Promise<void> {
    const moves = new Map<ConversationPolicy, MarkMove[]>();
    for (const { conversation, account, seq } of batch) {
      const from = await currentMark(database, conversation.id, account);
      if (seq <= from) continue;
      await storeMark(database, {
        conversation: conversation.id,
        account,
        seq,
        updated_at: this.#runtime.settledNow(),
      });
      const policy = this.#policyOf(conversation);
      const move = { conversation: conversation.id, account, from, to: seq };
      moves.set(policy, [...(moves.get(policy) ?? []), move]);
    }
    for (const [policy, moved] of moves) await policy.marksMoved(database, moved);
  }
}

async function currentMark(
  database: Database,
  conversation: number,
  account: number,
): Promise<number> {
  const row = await database
    .selectFrom('read_marks')
    .select('seq')
    .where('conversation', '=', conversation)
    .where('account', '=', account)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

async function storeMark(
  database: Database,
  mark: { conversation: number; account: number; seq: number; updated_at: number },
): Promise<void> {
  await database
    .insertInto('read_marks')
    .values(mark)
    .onConflict((conflict) =>
      conflict
        .columns(['conversation', 'account'])
        .doUpdateSet({ seq: mark.seq, updated_at: mark.updated_at }),
    )
    .execute();
}
