// Runs every test of the house, or those whose path contains an argument.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { requireNode } from './node-version.ts';
import { discoverTests, groupTests } from './test-runs/discovery.ts';
import { runTests } from './test-runs/run.ts';
import { Tally } from './test-runs/tally.ts';
import type { Patience } from './test-runs/test-process.ts';

const root = process.cwd();
const processesAtOnce = 2;
const slowestShown = 10;
const patience: Patience = { silenceMs: 600_000, lingerMs: 30_000 };

requireNode();
await main(process.argv.slice(2));

async function main(filters: readonly string[]): Promise<void> {
  const files = discoverTests(root, filters);
  if (files.some((file) => file.drivesBrowser)) process.env['CHROMIUM_PATH'] = findChromium();
  const tally = new Tally();
  const compileCache = mkdtempSync(join(tmpdir(), 'heliogram-compile-cache-'));
  process.once('exit', () => rmSync(compileCache, { recursive: true, force: true }));
  await runTests({
    root,
    groups: groupTests(files),
    processesAtOnce,
    tally,
    patience,
    // Each process would compile the same modules again: half of the time of a short one.
    env: { NODE_COMPILE_CACHE: compileCache },
    write: say,
  });
  if (files.length > slowestShown) say('', tally.describeSlowest(slowestShown));
  for (const problem of tally.problems) say(`FAIL ${problem}`);
  if (tally.count('passed') + tally.count('failed') === 0) say('No test ran.');
  say('', tally.summary());
  process.exitCode = tally.isGreen ? 0 : 1;
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
