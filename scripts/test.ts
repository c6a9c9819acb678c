// Runs every test of the house, or those whose path contains an argument.
import { findChromium } from './chromium.ts';
import { requireNode } from './node-version.ts';
import { browserTests, discoverTests, type TestFiles } from './test-runs/discovery.ts';
import type { WorkerOrder } from './test-runs/messages.ts';
import { type Patience, runTests } from './test-runs/run.ts';
import { Tally } from './test-runs/tally.ts';

const root = process.cwd();
const processesAtOnce = 2;
const patience: Patience = { silenceMs: 600_000, lingerMs: 30_000 };

requireNode();
await main(process.argv.slice(2));

async function main(filters: readonly string[]): Promise<void> {
  const files = discoverTests(root, filters);
  prepareBrowser(files);
  const tally = new Tally();
  for (const order of ordersFor(files)) {
    await runTests({ order, tally, patience, write: say });
  }
  for (const problem of tally.problems) say(`FAIL ${problem}`);
  if (tally.count('passed') + tally.count('failed') === 0) say('No test ran.');
  say('', tally.summary());
  process.exitCode = tally.isGreen ? 0 : 1;
}

function ordersFor(files: TestFiles): readonly WorkerOrder[] {
  return [
    { root, files: files.shared, isolation: 'none', concurrency: 1 },
    { root, files: files.process, isolation: 'process', concurrency: processesAtOnce },
  ];
}

function prepareBrowser(files: TestFiles): void {
  if (browserTests(root, [...files.shared, ...files.process]).length === 0) return;
  process.env['CHROMIUM_PATH'] = findChromium();
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
