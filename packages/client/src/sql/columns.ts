import { InternalError } from '@heliogram/protocol';
import type { SqlRow } from './sql-database.ts';

export function numberOf(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw wrongType(column);
}

export function textOf(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw wrongType(column);
}

export function bytesOf(row: SqlRow, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw wrongType(column);
}

function wrongType(column: string): Error {
  return new InternalError(`the store holds a wrong type in ${column}`);
}
