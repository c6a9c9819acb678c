// Runs a small suite with failing, slow, many-test and browser files again and again beside busy
// processes, and fails when any run counts or names anything else than the first.
// node scripts/test-runs/soak.ts [runs, 200] [busy processes, 2]
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const repository = join(import.meta.dirname, '../..');
const [runs = 200, busyProcesses = 2] = process.argv.slice(2).map(Number);

const head = "import { test } from 'node:test'; import assert from 'node:assert/strict';\n";
const many = `${head}for (let i = 0; i < 600; i++) test('the test with the number ' + i, () => {});`;
const browser = `${head}import { chromium } from 'playwright-core';
import { findChromium } from '${repository}/scripts/chromium.ts';
test('reads a page', async (t) => {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.waitForTimeout(WAIT);
  await page.setContent('<h1>here</h1>');
  assert.equal(await page.textContent('h1'), EXPECTED);
});`;

/** A slow file that stands first made node:test hold back the results of all others, which were then lost. */
const suite: Readonly<Record<string, string>> = {
  'apps/a-failing-browser.test.ts': browser.replace('EXPECTED', "'there'").replace('WAIT', '10000'),
  'apps/b-browser.test.ts': browser.replace('EXPECTED', "'here'").replace('WAIT', '0'),
  'apps/c-slow.test.ts': `${head}test('waits', () => new Promise((done) => setTimeout(done, 1500)));`,
  'apps/d-failing.test.ts': `${head}test('prints', () => console.log('x'.repeat(300_000)));
test('fails', () => assert.equal(1, 2));`,
  'apps/e-exits.test.ts': `${head}test('one', () => {}); test('exits', () => process.exit(0));`,
  'packages/mls/src/many.test.ts': many,
  'packages/mls/src/more.test.ts': many,
  'packages/client/src/many.test.ts': many,
  'packages/client/src/more.test.ts': many,
};
/** 4 files of 600, the one before the exit, the slow, the printing and the passing browser test. */
const expected = `${4 * 600 + 4} passed, 3 failed`;

await main();

async function main(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'test-runs-soak-'));
  const busy = Array.from({ length: busyProcesses }, () =>
    spawn(process.execPath, ['-e', 'for (;;);']),
  );
  try {
    writeSuite(root);
    process.exitCode = (await countFailures(root)) === 0 ? 0 : 1;
  } finally {
    for (const child of busy) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  }
}

function writeSuite(root: string): void {
  for (const [file, text] of Object.entries(suite)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
}

async function countFailures(root: string): Promise<number> {
  let failures = 0;
  for (let run = 1; run <= runs; run++) {
    const output = await outputOf(
      spawn(process.execPath, [join(repository, 'scripts/test.ts')], { cwd: root }),
    );
    const summary = output.trimEnd().split('\n').at(-1) ?? '';
    const namesExit = /FAIL apps\/e-exits\.test\.ts did not run to its end/.test(output);
    if (summary === expected && namesExit) continue;
    failures++;
    console.log(`run ${run}: ${summary}, ${namesExit ? '' : 'without naming the file that exits'}`);
  }
  console.log(`${runs} runs, ${failures} of them wrong (expected each time: ${expected})`);
  return failures;
}

async function outputOf(child: ChildProcess): Promise<string> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await new Promise((resolve) => child.once('close', resolve));
  return output;
}
