import { Kysely } from 'kysely';
import { Connection, openingError } from '../../sqlite/index.ts';
import type { Storage } from '../port.ts';
import type { Tables } from '../schema.ts';
import { type Connections, NodeSqliteDialect } from './dialect.ts';
import { SqliteLogStore } from './log-store.ts';
import { migrate } from './migrations.ts';
import { WriterLock } from './writer-lock.ts';

export { databaseProblem } from './file-header.ts';

export type SqliteOptions = {
  readonly path: string;
  /** Largest size of the file, in pages of 8,192 bytes; writes beyond fail with `storage_full`. */
  readonly maxPages?: number;
};

/**
 * Opens the database file, creating and migrating it as needed. The caller holds the data directory's
 * lock: only one process writes. Throws `unavailable`, `storage_full`, `malformed` for a damaged file and
 * `version_unsupported` for one of a newer release.
 */
export function openSqliteStorage(options: SqliteOptions): Storage {
  const connections = open(options);
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(connections) });
  const { lock, reader, writer } = connections;
  return {
    db,
    log: new SqliteLogStore(connections),
    transaction: (run) => db.transaction().execute((inner) => lock.holding(() => run(inner))),
    forgetRemoved: () => lock.exclusive(() => writer.emptyJournal()),
    close: () =>
      lock.exclusive(() => {
        reader.close();
        writer.close();
      }),
  };
}

function open({ path, maxPages }: SqliteOptions): Connections {
  try {
    const writer = new Connection(path);
    migrate(writer);
    // A crash may have come between a redaction and the moment at which it leaves the journal.
    writer.emptyJournal();
    if (maxPages !== undefined) writer.database.exec(`pragma max_page_count = ${maxPages}`);
    return { writer, reader: new Connection(path), lock: new WriterLock() };
  } catch (error) {
    throw openingError(error, path);
  }
}
