import type { KeptRegister, OwnStateStore, RegisterName } from '../store/own-state-port.ts';
import { numberOf, textOf } from './columns.ts';
import type { SqlRow, SqlStatement } from './sql-database.ts';
import type { SqlSession } from './sql-session.ts';

export class SqlOwnState implements OwnStateStore {
  readonly #session: SqlSession;
  readonly #all: SqlStatement;
  readonly #put: SqlStatement;
  readonly #remove: SqlStatement;

  constructor(session: SqlSession) {
    const { database } = session;
    this.#session = session;
    this.#all = database.prepare('SELECT * FROM own_registers');
    this.#put = database.prepare(
      `INSERT INTO own_registers (kind, scope, clock, device, value, pending)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET clock = excluded.clock,
         device = excluded.device, value = excluded.value, pending = excluded.pending`,
    );
    this.#remove = database.prepare('DELETE FROM own_registers WHERE kind = ? AND scope = ?');
  }

  async all(): Promise<readonly KeptRegister[]> {
    return this.#session.read(() => this.#all.all().map(registerOf));
  }

  async put(registers: readonly KeptRegister[]): Promise<void> {
    this.#session.transact(() => {
      for (const { kind, scope, clock, device, value, pending } of registers) {
        this.#put.run(kind, scope, clock, device, value, pending ? 1 : 0);
      }
    });
  }

  async remove(names: readonly RegisterName[]): Promise<void> {
    this.#session.transact(() => {
      for (const { kind, scope } of names) this.#remove.run(kind, scope);
    });
  }
}

function registerOf(row: SqlRow): KeptRegister {
  return {
    kind: textOf(row, 'kind'),
    scope: textOf(row, 'scope'),
    clock: numberOf(row, 'clock'),
    device: textOf(row, 'device'),
    value: row['value'] === null ? null : textOf(row, 'value'),
    pending: row['pending'] === 1,
  };
}
