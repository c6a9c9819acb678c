import { parseDraft, parsePlace } from '../store/chat-local.ts';
import type {
  CachedChat,
  ChatLocal,
  ChatStore,
  ChatUpdate,
  LocalChange,
} from '../store/chat-port.ts';
import { requireDraftSize } from '../store/draft-limits.ts';
import { bytesOf, numberOf, textOf } from './columns.ts';
import type { SqlDatabase, SqlRow } from './sql-database.ts';
import type { SqlSession } from './sql-session.ts';

export class SqlChats implements ChatStore {
  readonly #session: SqlSession;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(session: SqlSession) {
    this.#session = session;
    this.#statements = prepare(session.database);
  }

  async put(chats: readonly ChatUpdate[]): Promise<void> {
    this.#session.transact(() => {
      for (const { conversationId, summary, channel } of chats) {
        this.#statements.put.run(conversationId, summary ?? null, channel ?? null);
      }
    });
  }

  async all(): Promise<readonly CachedChat[]> {
    return this.#session.read(() => this.#statements.all.all().map(chatOf));
  }

  async get(conversationIds: readonly string[]): Promise<readonly CachedChat[]> {
    const { some } = this.#statements;
    return this.#session.read(() => some.all(JSON.stringify(conversationIds)).map(chatOf));
  }

  async remove(conversationIds: readonly string[]): Promise<void> {
    this.#session.transact(() => this.#statements.remove.run(JSON.stringify(conversationIds)));
  }

  async locals(): Promise<readonly ChatLocal[]> {
    return this.#session.read(() => this.#statements.locals.all().map(localOf));
  }

  async local(conversationId: string): Promise<ChatLocal> {
    const row = this.#session.read(() => this.#statements.local.get(conversationId));
    return row ? localOf(row) : { conversationId, pinOrder: null, draft: null, place: null };
  }

  async setLocal(conversationId: string, change: LocalChange): Promise<void> {
    requireDraftSize(change);
    const { addLocal, pin, draft, place } = this.#statements;
    this.#session.transact(() => {
      addLocal.run(conversationId);
      if (change.pinOrder !== undefined) pin.run(change.pinOrder, conversationId);
      if (change.draft !== undefined) draft.run(stored(change.draft), conversationId);
      if (change.place !== undefined) place.run(stored(change.place), conversationId);
    });
  }
}

function prepare(database: SqlDatabase) {
  const sql = (text: string) => database.prepare(text);
  const set = (column: string) =>
    sql(`UPDATE chat_locals SET ${column} = ? WHERE conversation_id = ?`);
  return {
    put: sql(
      `INSERT INTO chats (conversation_id, summary, channel) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET summary = coalesce(excluded.summary, summary),
         channel = coalesce(excluded.channel, channel)`,
    ),
    all: sql('SELECT * FROM chats'),
    some: sql('SELECT * FROM chats WHERE conversation_id IN (SELECT value FROM json_each(?))'),
    remove: sql('DELETE FROM chats WHERE conversation_id IN (SELECT value FROM json_each(?))'),
    locals: sql(
      `SELECT * FROM chat_locals
       WHERE pin_order IS NOT NULL OR draft IS NOT NULL OR place IS NOT NULL`,
    ),
    local: sql('SELECT * FROM chat_locals WHERE conversation_id = ?'),
    addLocal: sql('INSERT INTO chat_locals (conversation_id) VALUES (?) ON CONFLICT DO NOTHING'),
    pin: set('pin_order'),
    draft: set('draft'),
    place: set('place'),
  };
}

function stored(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

function chatOf(row: SqlRow): CachedChat {
  const bytes = (column: string) => (row[column] === null ? null : bytesOf(row, column));
  return {
    conversationId: textOf(row, 'conversation_id'),
    summary: bytes('summary'),
    channel: bytes('channel'),
  };
}

function localOf(row: SqlRow): ChatLocal {
  const { draft, place } = row;
  return {
    conversationId: textOf(row, 'conversation_id'),
    pinOrder: row['pin_order'] === null ? null : numberOf(row, 'pin_order'),
    draft: typeof draft === 'string' ? parseDraft(draft) : null,
    place: typeof place === 'string' ? parsePlace(place) : null,
  };
}
