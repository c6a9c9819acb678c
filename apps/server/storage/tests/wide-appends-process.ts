import { EntryKind } from '@heliogram/protocol';
import { openSqliteStorage } from '../sqlite/index.ts';

// Appends batches for a hundred conversations until it is killed; prints the number of each that is durable.
const [path, start] = process.argv.slice(2);
if (path === undefined || start === undefined) throw new Error('name the file and the first batch');
const storage = openSqliteStorage({ path });
for (let batch = Number(start); ; batch += 1) {
  await storage.log.append(
    Array.from({ length: 100 }, (_, index) => {
      const appendId = new Uint8Array(16);
      new DataView(appendId.buffer).setUint32(0, batch);
      new DataView(appendId.buffer).setUint32(12, index);
      return {
        conversation: 1 + index,
        kind: EntryKind.POST,
        author: 1,
        sentAt: batch,
        appendId,
        payload: new TextEncoder().encode(String(batch).padEnd(300, '.')),
        silent: false,
        signed: false,
        targetSeq: 0,
      };
    }),
  );
  process.stdout.write(`${batch}\n`);
}
