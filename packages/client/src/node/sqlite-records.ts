import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordSpace, RecordStore } from '../store/port.ts';
import type { Transact } from './sqlite-transaction.ts';

export class SqliteRecords implements RecordStore {
  readonly #transact: Transact;
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #putIfAbsent: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync, transact: Transact) {
    this.#transact = transact;
    this.#get = database.prepare('SELECT value FROM records WHERE space = ? AND key = ?');
    const insert = 'INSERT INTO records (space, key, value) VALUES (?, ?, ?) ON CONFLICT DO';
    this.#put = database.prepare(`${insert} UPDATE SET value = excluded.value`);
    this.#putIfAbsent = database.prepare(`${insert} NOTHING`);
    this.#delete = database.prepare('DELETE FROM records WHERE space = ? AND key = ?');
  }

  async get(space: RecordSpace, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const key of keys) {
      const row = this.#get.get(space, key);
      if (row) found.set(key, String(row['value']));
    }
    return found;
  }

  async put(space: RecordSpace, entries: ReadonlyMap<string, string>): Promise<void> {
    this.#transact(() => {
      for (const [key, value] of entries) this.#put.run(space, key, value);
    });
  }

  async putIfAbsent(
    space: RecordSpace,
    entries: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>> {
    this.#transact(() => {
      for (const [key, value] of entries) this.#putIfAbsent.run(space, key, value);
    });
    return this.get(space, [...entries.keys()]);
  }

  async delete(space: RecordSpace, keys: readonly string[]): Promise<void> {
    this.#transact(() => {
      for (const key of keys) this.#delete.run(space, key);
    });
  }
}
