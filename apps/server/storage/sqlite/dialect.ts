import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { InternalError } from '@heliogram/protocol';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { type Connection, storageError } from '../../sqlite/index.ts';
import type { WriterLock } from './writer-lock.ts';

export type Connections = {
  readonly writer: Connection;
  readonly reader: Connection;
  readonly lock: WriterLock;
};

/**
 * Kysely over two handles of one file: transactions and writing statements take the writer in turn,
 * selects outside a transaction read beside them.
 */
export class NodeSqliteDialect implements Dialect {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  createDriver(): Driver {
    return new NodeSqliteDriver(this.#connections);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter();
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely's interface has this type
  createIntrospector(database: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(database);
  }
}

class NodeSqliteDriver implements Driver {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async init(): Promise<void> {
    // Both handles are open before Kysely exists.
  }

  async acquireConnection(): Promise<NodeSqliteSession> {
    return new NodeSqliteSession(this.#connections);
  }

  async beginTransaction(session: NodeSqliteSession): Promise<void> {
    await session.begin();
  }

  async commitTransaction(session: NodeSqliteSession): Promise<void> {
    session.commit();
  }

  async rollbackTransaction(session: NodeSqliteSession): Promise<void> {
    session.rollback();
  }

  async releaseConnection(): Promise<void> {
    // A session holds nothing outside a transaction.
  }

  async destroy(): Promise<void> {
    // The storage closes its handles itself.
  }
}

class NodeSqliteSession implements DatabaseConnection {
  readonly #connections: Connections;
  #inTransaction = false;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async begin(): Promise<void> {
    const { lock, writer } = this.#connections;
    await lock.acquire();
    try {
      writer.database.exec('begin immediate');
      this.#inTransaction = true;
    } catch (error) {
      lock.release();
      throw storageError(error);
    }
  }

  commit(): void {
    try {
      this.#connections.writer.database.exec('commit');
    } catch (error) {
      throw storageError(error);
    }
    this.#end();
  }

  /** Also after a failed commit: SQLite may have rolled back by itself. */
  rollback(): void {
    const { database } = this.#connections.writer;
    if (database.isTransaction) database.exec('rollback');
    this.#end();
  }

  #end(): void {
    if (!this.#inTransaction) return;
    this.#inTransaction = false;
    this.#connections.lock.release();
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { lock, reader, writer } = this.#connections;
    if (this.#inTransaction) return execute<R>(writer, query);
    if (query.query.kind === 'SelectQueryNode') return execute<R>(reader, query);
    return lock.exclusive(() => execute<R>(writer, query));
  }

  // biome-ignore lint/correctness/useYield: the interface requires a generator; this one only throws
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new InternalError('streaming queries are not supported');
  }
}

function execute<R>(connection: Connection, query: CompiledQuery): QueryResult<R> {
  try {
    const statement = connection.prepare(query.sql);
    const parameters = query.parameters as readonly SQLInputValue[];
    return statement.columns().length > 0
      ? rows<R>(statement, parameters)
      : changes(statement, parameters);
  } catch (error) {
    throw storageError(error);
  }
}

function rows<R>(statement: StatementSync, parameters: readonly SQLInputValue[]): QueryResult<R> {
  return { rows: statement.all(...parameters) as R[] };
}

function changes<R>(
  statement: StatementSync,
  parameters: readonly SQLInputValue[],
): QueryResult<R> {
  const result = statement.run(...parameters);
  return {
    rows: [],
    numAffectedRows: BigInt(result.changes),
    insertId: BigInt(result.lastInsertRowid),
  };
}
