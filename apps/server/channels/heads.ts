import type { Storage } from '../storage/port.ts';

/** Newest seq of a log; 0 while it is empty. */
export async function headOf(storage: Storage, conversation: number): Promise<number> {
  const heads = await storage.log.heads([conversation]);
  return heads.get(conversation)?.headSeq ?? 0;
}
