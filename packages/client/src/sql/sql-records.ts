import type { RecordSpace, RecordStore } from '../store/port.ts';
import { textOf } from './columns.ts';
import type { SqlStatement } from './sql-database.ts';
import type { SqlSession } from './sql-session.ts';

export class SqlRecords implements RecordStore {
  readonly #session: SqlSession;
  readonly #get: SqlStatement;
  readonly #put: SqlStatement;
  readonly #putIfAbsent: SqlStatement;
  readonly #delete: SqlStatement;
  readonly #all: SqlStatement;

  constructor(session: SqlSession) {
    const { database } = session;
    this.#session = session;
    this.#get = database.prepare('SELECT value FROM records WHERE space = ? AND key = ?');
    const insert = 'INSERT INTO records (space, key, value) VALUES (?, ?, ?) ON CONFLICT DO';
    this.#put = database.prepare(`${insert} UPDATE SET value = excluded.value`);
    this.#putIfAbsent = database.prepare(`${insert} NOTHING`);
    this.#delete = database.prepare('DELETE FROM records WHERE space = ? AND key = ?');
    this.#all = database.prepare('SELECT key, value FROM records WHERE space = ?');
  }

  async get(space: RecordSpace, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#session.read(() => {
      const found = new Map<string, string>();
      for (const key of keys) {
        const row = this.#get.get(space, key);
        if (row) found.set(key, textOf(row, 'value'));
      }
      return found;
    });
  }

  async put(space: RecordSpace, entries: ReadonlyMap<string, string>): Promise<void> {
    this.#session.transact(() => {
      for (const [key, value] of entries) this.#put.run(space, key, value);
    });
  }

  async putIfAbsent(
    space: RecordSpace,
    entries: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>> {
    this.#session.transact(() => {
      for (const [key, value] of entries) this.#putIfAbsent.run(space, key, value);
    });
    return this.get(space, [...entries.keys()]);
  }

  async delete(space: RecordSpace, keys: readonly string[]): Promise<void> {
    this.#session.transact(() => {
      for (const key of keys) this.#delete.run(space, key);
    });
  }

  async all(space: RecordSpace): Promise<ReadonlyMap<string, string>> {
    const rows = this.#session.read(() => this.#all.all(space));
    return new Map(rows.map((row) => [textOf(row, 'key'), textOf(row, 'value')]));
  }
}
