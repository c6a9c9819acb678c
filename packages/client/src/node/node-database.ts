import type { DatabaseSync } from 'node:sqlite';
import type { SqlDatabase, SqlFault } from '../sql/sql-database.ts';

const FULL = 13;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** SQLite as Node has it. */
export function nodeDatabase(database: DatabaseSync): SqlDatabase {
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      return {
        all: (...values) => statement.all(...values),
        get: (...values) => statement.get(...values),
        run: (...values) => void statement.run(...values),
      };
    },
    faultOf,
    close: () => database.close(),
  };
}

function faultOf(error: unknown): SqlFault {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  if (code === FULL) return 'full';
  return code === CORRUPT || code === NOT_A_DATABASE ? 'damaged' : 'other';
}
