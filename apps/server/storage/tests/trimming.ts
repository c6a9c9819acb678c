import assert from 'node:assert/strict';
import { EntryKind, limits } from '@heliogram/protocol';
import type { AppendCommand, LogStore } from '../port.ts';
import type { Check } from './under-test.ts';

let lastId = 1_000_000;

function state(conversation: number, bytes = 10): AppendCommand {
  lastId += 1;
  const appendId = new Uint8Array(16);
  new DataView(appendId.buffer).setUint32(12, lastId);
  const payload = new Uint8Array(bytes);
  const kind = EntryKind.STATE;
  const flags = { silent: false, signed: false };
  return { conversation, kind, author: 7, sentAt: 1, appendId, payload, targetSeq: 0, ...flags };
}

async function seqsOf(log: LogStore, conversation: number): Promise<readonly number[]> {
  const { entries } = await log.read({
    conversation,
    afterSeq: 0,
    beforeSeq: limits.maxSeq + 1,
    limit: 500,
    from: 'start',
    listed: false,
    maxBytes: limits.maxReadBytes,
  });
  return entries.map(({ seq }) => seq);
}

/** Entries that a later one covers go, from wherever they stand. */
export function trimming(check: Check): void {
  for (const [how, others] of [
    ['in their place', 0],
    ['of a batch for many conversations', 40],
  ] as const) {
    check(`OWN-3: what is trimmed is gone, ${how}, and seqs go on`, async (under) => {
      const { log } = under.storage;
      const first = state(1);
      const wide = Array.from({ length: others }, (_, index) => state(index + 10));
      await log.append([first, state(1, 30), ...wide, state(1, 50), state(2)]);
      assert.deepEqual(await log.weight(1, 0), { entries: 3, bytes: 90 });
      assert.deepEqual(await log.weight(1, 2), { entries: 1, bytes: 50 });
      await log.trim(1, 2);
      assert.deepEqual(await seqsOf(log, 1), [3]);
      assert.deepEqual(await seqsOf(log, 2), [1]);
      assert.deepEqual(await log.find([first.appendId]), [undefined]);
      // The last one stays, whatever is asked.
      await log.trim(1, 3);
      await log.trim(2, limits.maxSeq);
      assert.deepEqual(await seqsOf(log, 1), [3]);
      assert.deepEqual(await seqsOf(log, 2), [1]);
      const { storage, dispose } = await under.reopen();
      const [next] = await storage.log.append([state(1)]);
      assert.equal(next?.kind === 'appended' && next.entry.seq, 4);
      assert.deepEqual(await seqsOf(storage.log, 1), [3, 4]);
      await dispose();
    });
  }
}
