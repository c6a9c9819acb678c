import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../harness/publisher.ts';
import { type BenchResult, median } from '../harness/report.ts';
import { newEntry, openLog } from '../log/open-log.ts';

const CLI = fileURLToPath(new URL('../../apps/cli/bin/heliogram.js', import.meta.url));
const ENTRIES = 1_000_000;
const STARTS = 9;

/** From the birth of `heliogram serve` to the line that it listens, with a million entries to open. */
export async function benchStartUp(): Promise<BenchResult> {
  const directory = temporaryDirectory();
  await fill(directory.path);
  const starts: number[] = [];
  const bare: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    bare.push(await timeNode());
    starts.push(await timeServe(directory.path));
  }
  directory.remove();
  const node = median(bare);
  const serve = median(starts);
  return {
    bench: 'start-up',
    rows: [
      { what: 'node alone, from birth to end', value: node, unit: 'ms' },
      {
        what: 'heliogram serve to listening, 1,000,000 entries',
        value: serve,
        unit: 'ms',
        target: 500,
      },
    ],
  };
}

async function fill(directory: string): Promise<void> {
  const { room, storage, conversations } = await openLog(directory, 100);
  for (let done = 0; done < ENTRIES; done += 1_000) {
    const conversation = conversations[(done / 1_000) % conversations.length];
    if (!conversation) throw new Error('no conversation');
    await room.log.append(conversation, Array.from({ length: 1_000 }, newEntry));
  }
  await storage.close();
}

async function timeServe(dataDirectory: string): Promise<number> {
  const startedMs = performance.now();
  const args = ['serve', '--data', dataDirectory, '--port', '0', '--json'];
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const tookMs = performance.now() - startedMs;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return tookMs;
}

async function timeNode(): Promise<number> {
  const startedMs = performance.now();
  await once(spawn(process.execPath, ['-e', '']), 'exit');
  return performance.now() - startedMs;
}
