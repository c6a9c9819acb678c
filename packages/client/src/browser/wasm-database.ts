import type { Database, SqlValue as WasmValue } from '@sqlite.org/sqlite-wasm';
import type { SqlDatabase, SqlFault, SqlRow } from '../sql/sql-database.ts';

const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;

/** SQLite as WebAssembly. `ranOutOfRoom` tells whether a write failed for the origin's quota just now. */
export function wasmDatabase(database: Database, ranOutOfRoom: () => boolean): SqlDatabase {
  return {
    exec: (sql) => void database.exec(sql),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      const rows = (values: readonly WasmValue[], most: number): readonly SqlRow[] => {
        const found: SqlRow[] = [];
        try {
          if (values.length > 0) statement.bind(values);
          while (statement.step()) if (found.length < most) found.push(statement.get({}));
          return found;
        } finally {
          statement.resetNoThrow(true);
        }
      };
      return {
        all: (...values) => rows(values, Number.POSITIVE_INFINITY),
        get: (...values) => rows(values, 1)[0],
        run: (...values) => void rows(values, 0),
      };
    },
    faultOf: (error) => faultOf(error, ranOutOfRoom()),
    close: () => database.close(),
  };
}

function faultOf(error: unknown, ranOutOfRoom: boolean): SqlFault {
  const code =
    error instanceof Error && 'resultCode' in error ? Number(error.resultCode) & 0xff : 0;
  // The file layer says no more than that reading or writing failed.
  if (code === FULL || (code === IO_ERROR && ranOutOfRoom)) return 'full';
  return code === CORRUPT || code === NOT_A_DATABASE ? 'damaged' : 'other';
}
