import { ValidationError } from '@heliogram/protocol';
import type {
  EnqueueBatch,
  NewOutboxItem,
  OutboxItem,
  OutboxOutcome,
  OutboxStore,
  OwnerFilter,
  PendingQuery,
  SettledItem,
  UnsettledQuery,
} from '../store/port.ts';
import { bytesOf, numberOf, textOf } from './columns.ts';
import type { SqlDatabase, SqlRow, SqlStatement } from './sql-database.ts';
import type { SqlSession } from './sql-session.ts';

const UNSETTLED = 'seq IS NULL AND failure_code IS NULL';

export class SqlOutbox implements OutboxStore {
  readonly #session: SqlSession;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(session: SqlSession) {
    this.#session = session;
    this.#statements = prepare(session.database);
  }

  async enqueue(batch: EnqueueBatch): Promise<readonly OutboxItem[]> {
    return this.#session.transact(() => {
      const dead = this.#deadSessions(this.#statements.sessions, batch);
      return batch.items.map((item) => {
        return this.#known(batch, item) ?? this.#adopt(batch, item, dead) ?? this.#add(batch, item);
      });
    });
  }

  async pending({ conversationId, limit, ...owner }: PendingQuery): Promise<readonly OutboxItem[]> {
    return this.#session.read(() => {
      const dead = this.#deadSessions(this.#statements.pendingSessions, owner);
      const sessions = JSON.stringify([owner.session, ...dead]);
      return this.#statements.pending.all(conversationId, sessions, limit).map(itemOf);
    });
  }

  async conversations(owner: OwnerFilter): Promise<readonly string[]> {
    return this.#session.read(() => {
      const dead = this.#deadSessions(this.#statements.pendingSessions, owner);
      const rows = this.#statements.conversations.all(JSON.stringify([owner.session, ...dead]));
      return rows.map((row) => textOf(row, 'conversation_id'));
    });
  }

  async settle(outcomes: readonly SettledItem[]): Promise<void> {
    this.#session.transact(() => {
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
    return this.#session.read(() => this.#statements.items.all(JSON.stringify(ids)).map(itemOf));
  }

  async unsettled({ conversationId, limit }: UnsettledQuery): Promise<readonly OutboxItem[]> {
    const { unsettled, unsettledAnywhere } = this.#statements;
    return this.#session.read(() => {
      const rows =
        conversationId === undefined
          ? unsettledAnywhere.all(limit)
          : unsettled.all(conversationId, limit);
      return rows.map(itemOf);
    });
  }

  async retry(ids: readonly number[], session: string): Promise<readonly OutboxItem[]> {
    const { retry } = this.#statements;
    return this.#session.transact(() => {
      const rows = retry.all(session, JSON.stringify(ids)).map(itemOf);
      return rows.sort((a, b) => a.id - b.id);
    });
  }

  async forget(ids: readonly number[]): Promise<void> {
    this.#session.transact(() => this.#statements.forget.run(JSON.stringify(ids)));
  }

  async sweep(time: number): Promise<void> {
    this.#session.transact(() => this.#statements.sweep.run(time));
  }

  #deadSessions(query: SqlStatement, { session, isAlive }: OwnerFilter): readonly string[] {
    const sessions = query.all().map((row) => textOf(row, 'session'));
    return sessions.filter((other) => other !== session && !isAlive(other));
  }

  #known({ conversationId, session }: EnqueueBatch, { appendId }: NewOutboxItem) {
    const row = this.#statements.byAppendId.get(appendId);
    if (!row) return undefined;
    const item = itemOf(row);
    if (item.conversationId !== conversationId) {
      throw new ValidationError('already_exists', 'this append id is of another conversation');
    }
    this.#statements.adopt.run(session, item.id);
    return item;
  }

  #adopt(
    { conversationId, session }: EnqueueBatch,
    { fingerprint }: NewOutboxItem,
    dead: readonly string[],
  ): OutboxItem | undefined {
    if (dead.length === 0 || fingerprint === '') return undefined;
    const sessions = JSON.stringify(dead);
    const row = this.#statements.left.get(conversationId, fingerprint, sessions);
    if (!row) return undefined;
    const item = itemOf(row);
    this.#statements.adopt.run(session, item.id);
    this.#statements.forgetBefore.run(conversationId, item.id, sessions);
    return item;
  }

  #add({ conversationId, session, enqueuedAt }: EnqueueBatch, item: NewOutboxItem): OutboxItem {
    const { appendId, payload, targetSeq, silent, fingerprint } = item;
    const row = this.#statements.insert.get(
      conversationId,
      session,
      enqueuedAt,
      appendId,
      payload,
      targetSeq,
      silent ? 1 : 0,
      fingerprint,
    );
    return { ...item, id: numberOf(row ?? {}, 'id'), conversationId, enqueuedAt, outcome: null };
  }
}

function prepare(database: SqlDatabase) {
  const among = 'session IN (SELECT value FROM json_each(?))';
  const sql = (text: string) => database.prepare(text);
  return {
    sessions: sql('SELECT DISTINCT session FROM outbox'),
    pendingSessions: sql(`SELECT DISTINCT session FROM outbox WHERE ${UNSETTLED}`),
    insert: sql(
      `INSERT INTO outbox (conversation_id, session, enqueued_at, append_id, payload, target_seq,
         silent, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
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
    byAppendId: sql('SELECT * FROM outbox WHERE append_id = ?'),
    unsettled: sql(
      'SELECT * FROM outbox WHERE conversation_id = ? AND seq IS NULL ORDER BY id LIMIT ?',
    ),
    unsettledAnywhere: sql('SELECT * FROM outbox WHERE seq IS NULL ORDER BY id LIMIT ?'),
    retry: sql(
      `UPDATE outbox SET session = ?1, failure_code = NULL, failure_message = NULL
       WHERE failure_code IS NOT NULL AND id IN (SELECT value FROM json_each(?2)) RETURNING *`,
    ),
    forget: sql('DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))'),
    sweep: sql(
      `DELETE FROM outbox WHERE NOT (${UNSETTLED}) AND enqueued_at < ?
         AND NOT (failure_code IS NOT NULL AND fingerprint = '')`,
    ),
    left: sql(
      `SELECT * FROM outbox WHERE conversation_id = ? AND fingerprint = ? AND failure_code IS NULL
         AND ${among} ORDER BY id LIMIT 1`,
    ),
    adopt: sql('UPDATE outbox SET session = ? WHERE id = ?'),
    forgetBefore: sql(
      `DELETE FROM outbox WHERE conversation_id = ? AND id < ? AND fingerprint <> ''
         AND NOT (${UNSETTLED}) AND ${among}`,
    ),
  };
}

function itemOf(row: SqlRow): OutboxItem {
  return {
    id: numberOf(row, 'id'),
    conversationId: textOf(row, 'conversation_id'),
    appendId: bytesOf(row, 'append_id'),
    payload: bytesOf(row, 'payload'),
    targetSeq: numberOf(row, 'target_seq'),
    silent: row['silent'] === 1,
    fingerprint: textOf(row, 'fingerprint'),
    enqueuedAt: numberOf(row, 'enqueued_at'),
    outcome: outcomeOf(row),
  };
}

function outcomeOf(row: SqlRow): OutboxOutcome | null {
  if (row['seq'] !== null) {
    return { kind: 'appended', seq: numberOf(row, 'seq'), sentAt: numberOf(row, 'sent_at') };
  }
  if (row['failure_code'] === null) return null;
  const [code, message] = [textOf(row, 'failure_code'), textOf(row, 'failure_message')];
  return { kind: 'failed', code, message };
}
