import type { RecordStore } from '../store/port.ts';

/** How far the log has been taken in here. */
export interface Position {
  readonly conversationId: string;
  /** All entries up to here were taken in. */
  readonly seq: number;
  /** Entries up to here are covered by a later one. */
  readonly covered: number;
}

const RECORD = /^([0-9a-f]{32}):(\d{1,10}):(\d{1,10})$/;

export async function readPosition(
  records: RecordStore,
  accountId: string,
): Promise<Position | undefined> {
  const key = keyOf(accountId);
  const stored = (await records.get('account', [key])).get(key) ?? '';
  const [, conversationId, seq, covered] = RECORD.exec(stored) ?? [];
  if (conversationId === undefined) return undefined;
  return { conversationId, seq: Number(seq), covered: Number(covered) };
}

export async function writePosition(
  records: RecordStore,
  accountId: string,
  { conversationId, seq, covered }: Position,
): Promise<void> {
  await records.put(
    'account',
    new Map([[keyOf(accountId), `${conversationId}:${seq}:${covered}`]]),
  );
}

function keyOf(accountId: string): string {
  return `own-state:${accountId}`;
}
