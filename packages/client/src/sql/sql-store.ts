import type { ClientStore } from '../store/port.ts';
import { migrate } from './schema.ts';
import { SqlChats } from './sql-chats.ts';
import type { SqlDatabase } from './sql-database.ts';
import { SqlEntries } from './sql-entries.ts';
import { SqlOutbox } from './sql-outbox.ts';
import { SqlOwnState } from './sql-own-state.ts';
import { SqlRecords } from './sql-records.ts';
import { SqlSession } from './sql-session.ts';

const CLEAR_CACHE = `INSERT INTO entry_words (entry_words) VALUES ('delete-all');
  DELETE FROM entries; DELETE FROM spans; DELETE FROM cached_logs; DELETE FROM chats;
  DELETE FROM records WHERE space = 'profile';`;
const CLEAR_REST = `DELETE FROM chat_locals; DELETE FROM outbox; DELETE FROM records;
  DELETE FROM own_registers;`;

/**
 * The store in an open database, brought to this version's layout. Throws what the engine throws where
 * the file is no store, and RangeError where a newer program has written it.
 */
export function createSqlStore(database: SqlDatabase, persistent: boolean): ClientStore {
  database.exec('PRAGMA secure_delete = ON');
  migrate(database);
  const session = new SqlSession(database);
  const compact = () =>
    session.read(() => database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)'));
  const erase = (statements: string) => {
    session.transact(() => database.exec(statements));
    compact();
  };
  return {
    outbox: new SqlOutbox(session),
    records: new SqlRecords(session),
    entries: new SqlEntries(session),
    chats: new SqlChats(session),
    ownState: new SqlOwnState(session),
    persistent,
    clearCache: async () => erase(CLEAR_CACHE),
    wipe: async () => erase(`${CLEAR_CACHE} ${CLEAR_REST}`),
    compact: async () => compact(),
    close: async () => database.close(),
  };
}
