import type { DeviceListHead } from '@heliogram/crypto/verify';
import { toHex } from '../hex.ts';
import type { RecordStore } from '../store/port.ts';

const RECORD = /^(\d{1,10}):([0-9a-f]{64})$/;

/** The newest device list of an account that this device saw: a server cannot show an older one. */
export async function readSeenHead(
  records: RecordStore,
  accountId: string,
): Promise<DeviceListHead | undefined> {
  const key = keyOf(accountId);
  const [, seq, hash] = RECORD.exec((await records.get('account', [key])).get(key) ?? '') ?? [];
  if (seq === undefined || hash === undefined) return undefined;
  const bytes = hash.match(/../g) ?? [];
  return { seq: Number(seq), hash: Uint8Array.from(bytes, (pair) => Number.parseInt(pair, 16)) };
}

export async function rememberHead(
  records: RecordStore,
  accountId: string,
  { seq, hash }: DeviceListHead,
): Promise<void> {
  await records.put('account', new Map([[keyOf(accountId), `${seq}:${toHex(hash)}`]]));
}

function keyOf(accountId: string): string {
  return `device-list:${accountId}`;
}
