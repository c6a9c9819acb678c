import type { DatabaseSync } from 'node:sqlite';

/** Each step takes a store from one version to the next; a step that was released never changes. */
const migrations: readonly string[] = [
  `CREATE TABLE outbox (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     conversation_id TEXT NOT NULL,
     session TEXT NOT NULL,
     enqueued_at INTEGER NOT NULL,
     append_id BLOB NOT NULL UNIQUE,
     payload BLOB NOT NULL,
     target_seq INTEGER NOT NULL,
     silent INTEGER NOT NULL,
     fingerprint TEXT NOT NULL,
     seq INTEGER,
     sent_at INTEGER,
     failure_code TEXT,
     failure_message TEXT
   ) STRICT;
   CREATE INDEX outbox_pending ON outbox (conversation_id, id)
     WHERE seq IS NULL AND failure_code IS NULL;
   CREATE INDEX outbox_fingerprint ON outbox (conversation_id, fingerprint, id);
   CREATE TABLE records (
     space TEXT NOT NULL,
     key TEXT NOT NULL,
     value TEXT NOT NULL,
     PRIMARY KEY (space, key)
   ) STRICT, WITHOUT ROWID;`,
];

/** Brings the store to this program's version. Throws when a newer program has written it. */
export function migrate(database: DatabaseSync): void {
  const version = () => Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version() === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been faster: look again under the lock.
    const from = version();
    if (from > migrations.length) throw new RangeError('the store is of a newer version');
    for (const step of migrations.slice(from)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
