import { indexedText } from '@heliogram/content';
import type { SqlDatabase } from './sql-database.ts';

type Step = (database: SqlDatabase) => void;

/** Each step takes a store from one version to the next; a step that was released never changes. */
const migrations: readonly (string | Step)[] = [
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
  // The word index keeps no text of its own: what leaves it is told again, so `text` changes only
  // together with its words. The triggers hold each log's sums.
  `CREATE INDEX outbox_unsettled ON outbox (conversation_id, id) WHERE seq IS NULL;
   CREATE TABLE entries (
     id INTEGER PRIMARY KEY,
     conversation_id TEXT NOT NULL,
     seq INTEGER NOT NULL,
     kind INTEGER NOT NULL,
     sent_at INTEGER NOT NULL,
     encoded BLOB NOT NULL,
     text TEXT NOT NULL,
     bytes INTEGER NOT NULL,
     UNIQUE (conversation_id, seq)
   ) STRICT;
   CREATE VIRTUAL TABLE entry_words USING fts5(
     text, content = '',
     tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
   );
   INSERT INTO entry_words (entry_words, rank) VALUES ('secure-delete', 1);
   CREATE TABLE spans (
     conversation_id TEXT NOT NULL,
     from_seq INTEGER NOT NULL,
     to_seq INTEGER NOT NULL,
     PRIMARY KEY (conversation_id, from_seq)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE cached_logs (
     conversation_id TEXT PRIMARY KEY,
     entries INTEGER NOT NULL,
     bytes INTEGER NOT NULL,
     used_at INTEGER NOT NULL,
     seen_seq INTEGER NOT NULL
   ) STRICT;
   CREATE TRIGGER entry_added AFTER INSERT ON entries BEGIN
     UPDATE cached_logs SET entries = entries + 1, bytes = bytes + new.bytes
       WHERE conversation_id = new.conversation_id;
   END;
   CREATE TRIGGER entry_gone AFTER DELETE ON entries BEGIN
     UPDATE cached_logs SET entries = entries - 1, bytes = bytes - old.bytes
       WHERE conversation_id = old.conversation_id;
   END;
   CREATE TABLE chats (
     conversation_id TEXT PRIMARY KEY,
     summary BLOB,
     channel BLOB
   ) STRICT;
   CREATE TABLE chat_locals (
     conversation_id TEXT PRIMARY KEY,
     pin_order REAL,
     draft TEXT,
     place TEXT
   ) STRICT;`,
  `CREATE TABLE own_registers (
     kind TEXT NOT NULL,
     scope TEXT NOT NULL,
     clock INTEGER NOT NULL,
     device TEXT NOT NULL,
     value TEXT,
     pending INTEGER NOT NULL,
     PRIMARY KEY (kind, scope)
   ) STRICT, WITHOUT ROWID;`,
  // Words are folded in another way: `SEARCH_WORDS_VERSION` 2.
  indexWordsAgain,
  `ALTER TABLE cached_logs ADD COLUMN seen_sent_at INTEGER;
   UPDATE cached_logs SET seen_sent_at = (
     SELECT e.sent_at FROM entries e
     WHERE e.conversation_id = cached_logs.conversation_id AND e.seq = cached_logs.seen_seq
   );`,
];

/** Brings the store to this program's version. Throws when a newer program has written it. */
export function migrate(database: SqlDatabase): void {
  const version = () => Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version() === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been faster: look again under the lock.
    const from = version();
    if (from > migrations.length)
      throw new RangeError('the local data was written by a newer version');
    for (const step of migrations.slice(from)) {
      if (typeof step === 'string') database.exec(step);
      else step(database);
    }
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

const ENTRIES_AT_ONCE = 500;

/** The word index forgets everything and learns the kept entries anew. */
function indexWordsAgain(database: SqlDatabase): void {
  database.exec("INSERT INTO entry_words (entry_words) VALUES ('delete-all')");
  const page = database.prepare(
    `SELECT id, text FROM entries WHERE id > ? AND text != '' ORDER BY id LIMIT ${ENTRIES_AT_ONCE}`,
  );
  const add = database.prepare('INSERT INTO entry_words (rowid, text) VALUES (?, ?)');
  for (let after = 0, rows = page.all(after); rows.length > 0; rows = page.all(after)) {
    for (const row of rows) {
      after = Number(row['id']);
      add.run(after, indexedText(String(row['text'])));
    }
  }
}
