import { decodeUtf8, encodeUtf8 } from '@heliogram/content';
import { ValidationError } from '@heliogram/protocol';
import type { Register } from '../store/own-state-port.ts';
import { ownStateLimits } from './limits.ts';

/**
 * What an entry holds when it is open: JSON, an array of `[kind, scope, clock, device, value]`. Kinds of
 * later versions pass through as they are.
 */
export function encodeRegisters(registers: readonly Register[]): Uint8Array {
  const rows = registers.map(({ kind, scope, clock, device, value }) => [
    kind,
    scope,
    clock,
    device,
    value,
  ]);
  return encodeUtf8(JSON.stringify(rows));
}

/** Undoes {@link encodeRegisters}. Throws `malformed` where any part of it is none. */
export function decodeRegisters(bytes: Uint8Array): readonly Register[] {
  const rows = parse(bytes);
  if (!Array.isArray(rows) || rows.length > ownStateLimits.maxRegisters) throw malformed();
  return rows.map(registerOf);
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes));
  } catch {
    throw malformed();
  }
}

const DEVICE = /^[0-9a-f]{32}$/;

function registerOf(row: unknown): Register {
  if (!Array.isArray(row) || row.length < 5) throw malformed();
  const [kind, scope, clock, device, value]: readonly unknown[] = row;
  const { maxClock, maxKindCharacters, maxScopeCharacters } = ownStateLimits;
  const isName =
    isText(kind, maxKindCharacters) && kind !== '' && isText(scope, maxScopeCharacters);
  const isTime = typeof clock === 'number' && Number.isInteger(clock) && clock >= 0;
  if (!isName || !isTime || clock > maxClock) throw malformed();
  if (typeof device !== 'string' || !DEVICE.test(device)) throw malformed();
  if (value !== null && !isText(value, Number.POSITIVE_INFINITY)) throw malformed();
  return { kind, scope, clock, device, value };
}

function isText(value: unknown, maxCharacters: number): value is string {
  return typeof value === 'string' && value.length <= maxCharacters && value.isWellFormed();
}

function malformed(): ValidationError {
  return new ValidationError('malformed', 'an entry of own state holds something else');
}
