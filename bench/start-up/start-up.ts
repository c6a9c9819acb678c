import { Child } from '../harness/child.ts';
import { temporaryDirectory } from '../harness/publisher.ts';
import { type BenchResult, median } from '../harness/report.ts';
import { newEntry, openLog } from '../log/open-log.ts';

const SERVER = new URL('../harness/server-process.ts', import.meta.url);
const ENTRIES = 1_000_000;
const STARTS = 7;

/** From the birth of the process to listening, with a database of a million entries. */
export async function benchStartUp(): Promise<BenchResult> {
  const directory = temporaryDirectory();
  const { room, storage, conversations } = await openLog(directory.path, 100);
  for (let done = 0; done < ENTRIES; done += 1_000) {
    const conversation = conversations[(done / 1_000) % conversations.length];
    if (!conversation) throw new Error('no conversation');
    await room.log.append(conversation, Array.from({ length: 1_000 }, newEntry));
  }
  await storage.close();
  const whole: number[] = [];
  const own: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const server = Child.start(SERVER);
    const answer = await server.ask({ ask: 'listen', dataDirectory: directory.path });
    whole.push(answer['uptimeMs'] ?? Number.NaN);
    own.push(answer['startedMs'] ?? Number.NaN);
    await server.stop();
  }
  directory.remove();
  return {
    bench: 'start-up',
    rows: [
      {
        what: 'process to listening, 1,000,000 entries',
        value: median(whole),
        unit: 'ms',
        target: 500,
      },
      { what: 'of it opening storage and rooms', value: median(own), unit: 'ms' },
    ],
  };
}
