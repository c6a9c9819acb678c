import { temporaryDirectory } from '../harness/publisher.ts';
import type { BenchResult } from '../harness/report.ts';
import { newEntry, openLog } from './open-log.ts';
import { rawAppend } from './raw-append.ts';

const FOR_MS = 3_000;

/** Durable 300-byte entries a second through the log's own code, against raw writes with fdatasync. */
export async function benchAppend(): Promise<BenchResult> {
  const directory = temporaryDirectory();
  const { room, storage, conversations } = await openLog(directory.path, 100);
  const measure = async (writers: number, channels: number): Promise<number> => {
    const startedMs = performance.now();
    let rows = 0;
    const write = async (index: number) => {
      const conversation = conversations[index % channels];
      if (!conversation) throw new Error('no conversation');
      while (performance.now() - startedMs < FOR_MS) {
        await room.log.append(conversation, [newEntry()]);
        rows += 1;
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, index) => write(index)));
    return rows / ((performance.now() - startedMs) / 1_000);
  };
  const rawAlone = rawAppend(directory.path, 1, FOR_MS);
  const alone = await measure(1, 1);
  const rawHundred = rawAppend(directory.path, 100, FOR_MS);
  const ten = await measure(100, 10);
  const hundred = await measure(100, 100);
  const thousand = await measure(1_000, 100);
  await storage.close();
  directory.remove();
  const unit = 'rows/s';
  return {
    bench: 'append',
    rows: [
      { what: 'raw fdatasync, one row each', value: rawAlone, unit },
      { what: 'log, 1 writer', value: alone, unit, against: 'raw', ratio: alone / rawAlone },
      { what: 'raw fdatasync, 100 rows each', value: rawHundred, unit },
      {
        what: 'log, 100 concurrent writers in 10 channels',
        value: ten,
        unit,
        target: 60_000,
        atLeast: true,
      },
      {
        what: 'log, 100 concurrent writers in 100 channels',
        value: hundred,
        unit,
        target: 60_000,
        atLeast: true,
      },
      { what: 'log, 1,000 concurrent writers in 100 channels', value: thousand, unit },
    ],
  };
}
