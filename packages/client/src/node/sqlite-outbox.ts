import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { InternalError } from '@heliogram/protocol';
import type {
  EnqueueBatch,
  NewOutboxItem,
  OutboxItem,
  OutboxOutcome,
  OutboxStore,
  OwnerFilter,
  PendingQuery,
  SettledItem,
} from '../store/port.ts';
import type { Transact } from './sqlite-transaction.ts';

type Row = Record<string, SQLOutputValue>;

const UNSETTLED = 'seq IS NULL AND failure_code IS NULL';

export class SqliteOutbox implements OutboxStore {
  readonly #transact: Transact;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: DatabaseSync, transact: Transact) {
    this.#transact = transact;
    this.#statements = prepare(database);
  }

  async enqueue(batch: EnqueueBatch): Promise<readonly OutboxItem[]> {
    return this.#transact(() => {
      const dead = this.#deadSessions(this.#statements.sessions, batch);
      return batch.items.map((item) => this.#adopt(batch, item, dead) ?? this.#insert(batch, item));
    });
  }

  async pending({ conversationId, limit, ...owner }: PendingQuery): Promise<readonly OutboxItem[]> {
    const dead = this.#deadSessions(this.#statements.pendingSessions, owner);
    const sessions = JSON.stringify([owner.session, ...dead]);
    return this.#statements.pending.all(conversationId, sessions, limit).map(itemOf);
  }

  async conversations(owner: OwnerFilter): Promise<readonly string[]> {
    const dead = this.#deadSessions(this.#statements.pendingSessions, owner);
    const rows = this.#statements.conversations.all(JSON.stringify([owner.session, ...dead]));
    return rows.map((row) => textOf(row, 'conversation_id'));
  }

  async settle(outcomes: readonly SettledItem[]): Promise<void> {
    this.#transact(() => {
      for (const { id, outcome } of outcomes) {
        if (outcome.kind === 'appended') {
          this.#statements.settle.run(outcome.seq, outcome.sentAt, null, null, id);
        } else {
          this.#statements.settle.run(null, null, outcome.code, outcome.message, id);
        }
      }
    });
  }

  async items(ids: readonly number[]): Promise<readonly OutboxItem[]> {
    return this.#statements.items.all(JSON.stringify(ids)).map(itemOf);
  }

  async forget(ids: readonly number[]): Promise<void> {
    this.#transact(() => this.#statements.forget.run(JSON.stringify(ids)));
  }

  async sweep(time: number): Promise<void> {
    this.#transact(() => this.#statements.sweep.run(time));
  }

  #deadSessions(query: StatementSync, { session, isAlive }: OwnerFilter): readonly string[] {
    const sessions = query.all().map((row) => textOf(row, 'session'));
    return sessions.filter((other) => other !== session && !isAlive(other));
  }

  #adopt(
    { conversationId, session }: EnqueueBatch,
    { fingerprint }: NewOutboxItem,
    dead: readonly string[],
  ): OutboxItem | undefined {
    if (dead.length === 0) return undefined;
    const sessions = JSON.stringify(dead);
    const row = this.#statements.left.get(conversationId, fingerprint, sessions);
    if (!row) return undefined;
    const item = itemOf(row);
    this.#statements.adopt.run(session, item.id);
    this.#statements.forgetBefore.run(conversationId, item.id, sessions);
    return item;
  }

  #insert({ conversationId, session, enqueuedAt }: EnqueueBatch, item: NewOutboxItem): OutboxItem {
    const { appendId, payload, targetSeq, silent, fingerprint } = item;
    const { lastInsertRowid } = this.#statements.insert.run(
      conversationId,
      session,
      enqueuedAt,
      appendId,
      payload,
      targetSeq,
      silent ? 1 : 0,
      fingerprint,
    );
    return { ...item, id: Number(lastInsertRowid), conversationId, outcome: null };
  }
}

function prepare(database: DatabaseSync) {
  const among = 'session IN (SELECT value FROM json_each(?))';
  const sql = (text: string) => database.prepare(text);
  return {
    sessions: sql('SELECT DISTINCT session FROM outbox'),
    pendingSessions: sql(`SELECT DISTINCT session FROM outbox WHERE ${UNSETTLED}`),
    insert: sql(
      `INSERT INTO outbox (conversation_id, session, enqueued_at, append_id, payload, target_seq,
         silent, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    pending: sql(
      `SELECT * FROM outbox WHERE conversation_id = ? AND ${UNSETTLED} AND ${among}
       ORDER BY id LIMIT ?`,
    ),
    conversations: sql(
      `SELECT DISTINCT conversation_id FROM outbox WHERE ${UNSETTLED} AND ${among}`,
    ),
    settle: sql(
      `UPDATE outbox SET seq = ?, sent_at = ?, failure_code = ?, failure_message = ?
       WHERE id = ? AND ${UNSETTLED}`,
    ),
    items: sql('SELECT * FROM outbox WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id'),
    forget: sql('DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))'),
    sweep: sql(`DELETE FROM outbox WHERE NOT (${UNSETTLED}) AND enqueued_at < ?`),
    left: sql(
      `SELECT * FROM outbox WHERE conversation_id = ? AND fingerprint = ? AND failure_code IS NULL
         AND ${among} ORDER BY id LIMIT 1`,
    ),
    adopt: sql('UPDATE outbox SET session = ? WHERE id = ?'),
    forgetBefore: sql(
      `DELETE FROM outbox WHERE conversation_id = ? AND id < ? AND NOT (${UNSETTLED}) AND ${among}`,
    ),
  };
}

function itemOf(row: Row): OutboxItem {
  return {
    id: numberOf(row, 'id'),
    conversationId: textOf(row, 'conversation_id'),
    appendId: bytesOf(row, 'append_id'),
    payload: bytesOf(row, 'payload'),
    targetSeq: numberOf(row, 'target_seq'),
    silent: row['silent'] === 1,
    fingerprint: textOf(row, 'fingerprint'),
    outcome: outcomeOf(row),
  };
}

function outcomeOf(row: Row): OutboxOutcome | null {
  if (row['seq'] !== null) {
    return { kind: 'appended', seq: numberOf(row, 'seq'), sentAt: numberOf(row, 'sent_at') };
  }
  if (row['failure_code'] === null) return null;
  const [code, message] = [textOf(row, 'failure_code'), textOf(row, 'failure_message')];
  return { kind: 'failed', code, message };
}

function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw wrongType(column);
}

function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw wrongType(column);
}

function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw wrongType(column);
}

function wrongType(column: string): Error {
  return new InternalError(`the store holds a wrong type in ${column}`);
}
