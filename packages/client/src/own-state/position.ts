import type { RecordStore } from '../store/port.ts';

/** How far the log has been taken in here. */
export interface Position {
  readonly conversationId: string;
  /** All entries up to here were taken in. */
  readonly seq: number;
  /** When the entry at `seq` was sent, milliseconds since the epoch, where that is known. */
  readonly sentAt?: number | undefined;
  /** Entries up to here are covered by a later one. */
  readonly covered: number;
}

/** Earlier versions wrote no time. */
const RECORD = /^([0-9a-f]{32}):(\d{1,10}):(\d{1,10})(?::(\d{1,16}))?$/;

export async function readPosition(
  records: RecordStore,
  accountId: string,
): Promise<Position | undefined> {
  const key = keyOf(accountId);
  const stored = (await records.get('account', [key])).get(key) ?? '';
  const [, conversationId, seq, covered, sentAt] = RECORD.exec(stored) ?? [];
  if (conversationId === undefined) return undefined;
  const position = { conversationId, seq: Number(seq), covered: Number(covered) };
  return sentAt === undefined ? position : { ...position, sentAt: Number(sentAt) };
}

export async function writePosition(
  records: RecordStore,
  accountId: string,
  { conversationId, seq, covered, sentAt }: Position,
): Promise<void> {
  const time = sentAt === undefined ? '' : `:${sentAt}`;
  const record = `${conversationId}:${seq}:${covered}${time}`;
  await records.put('account', new Map([[keyOf(accountId), record]]));
}

function keyOf(accountId: string): string {
  return `own-state:${accountId}`;
}
