import type { Caller } from '@heliogram/client';
import { type Entry, LogService } from '@heliogram/protocol';

/** A post or note as it reads now, edits folded in; undefined when there is none at `seq`. */
export async function readListed(
  call: Caller,
  conversationId: string,
  seq: number,
): Promise<Entry | undefined> {
  const { entries } = await call(LogService.method.read, {
    conversationId,
    afterSeq: seq - 1,
    beforeSeq: seq + 1,
    limit: 1,
    listed: true,
    fromStart: true,
  });
  return entries.find((entry) => entry.seq === seq);
}
