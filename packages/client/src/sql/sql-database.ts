/** The little that the store asks of SQLite, whoever runs it. Synchronous, and throws what the engine throws. */
export interface SqlDatabase {
  /** Any number of statements, without parameters or rows. */
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  /** What a thrown error means for the store. */
  faultOf(error: unknown): SqlFault;
  close(): void;
}

/** Parameters are `?1`, `?2`, … or `?` in order. */
export interface SqlStatement {
  all(...values: readonly SqlValue[]): readonly SqlRow[];
  get(...values: readonly SqlValue[]): SqlRow | undefined;
  run(...values: readonly SqlValue[]): void;
}

export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** `full`: no room. `damaged`: the file is no database, or a broken one. */
export type SqlFault = 'full' | 'damaged' | 'other';
