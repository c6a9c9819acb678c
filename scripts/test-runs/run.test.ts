import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { runTests } from './run.ts';
import { Tally } from './tally.ts';

const patient = { silenceMs: 120_000, lingerMs: 60_000 };
const head = "import { test } from 'node:test'; import assert from 'node:assert/strict';\n";
const passing = `${head}test('one', () => assert.equal(1, 1));`;

describe('runTests', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'test-runs-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  async function outcome(
    files: Record<string, string>,
    isolation: 'none' | 'process',
    patience = patient,
  ) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const tally = new Tally();
    const lines: string[] = [];
    const order = { root, files: Object.keys(files), isolation, concurrency: 2 };
    await runTests({ order, tally, patience, write: (line) => lines.push(line) });
    return { summary: tally.summary(), problems: tally.problems.join(' '), text: lines.join('\n') };
  }

  for (const isolation of ['none', 'process'] as const) {
    test(`${isolation}: counts what passes, fails and skips, and shows why`, async () => {
      const mixed = `${head}
        test('right', () => {});
        test('wrong', () => { console.log('seed 42'); assert.equal(1, 2); });
        test('apart', (t) => t.skip('needs the shared vectors'));`;
      const { summary, text } = await outcome(
        { 'a.test.ts': passing, 'b.test.ts': mixed },
        isolation,
      );
      assert.equal(summary, '2 passed, 1 failed, 1 skipped');
      assert.match(text, /ok {3}a\.test\.ts/);
      assert.match(text, /FAIL b\.test\.ts/);
      assert.match(text, /FAIL wrong[\s\S]*1 !== 2/);
      assert.match(text, /seed 42/);
      assert.match(text, /skipped: apart: needs the shared vectors/);
    });

    test(`${isolation}: names a nested test by its whole path`, async () => {
      const nested = `${head}
        test('outer', async (t) => { await t.test('inner', () => assert.fail('no')); });`;
      const { summary, text } = await outcome({ 'a.test.ts': nested }, isolation);
      assert.equal(summary, '0 passed, 2 failed');
      assert.match(text, /FAIL outer > inner/);
    });

    test(`${isolation}: a file without a test, a todo and a bare skip fail`, async () => {
      const marks = `${head}test.todo('later'); test.skip('bare', () => {});`;
      const { summary, text } = await outcome(
        { 'a.test.ts': 'export {};', 'b.test.ts': marks },
        isolation,
      );
      assert.equal(summary, '0 passed, 3 failed');
      assert.match(text, /holds no test/);
      assert.match(text, /Marked todo/);
      assert.match(text, /Skipped without a reason/);
    });

    test(`${isolation}: a file that does not load fails`, async () => {
      const { summary } = await outcome({ 'a.test.ts': "import './absent.ts';" }, isolation);
      assert.equal(summary, '0 passed, 1 failed');
    });

    test(`${isolation}: a file that exits early fails`, async () => {
      const early = `${passing}\ntest('two', () => process.exit(0));`;
      const { summary } = await outcome({ 'a.test.ts': early }, isolation);
      assert.match(summary, /, 1 failed$/);
    });

    test(`${isolation}: a test that waits for ever is named and stopped`, async () => {
      const hanging = `${head}setInterval(() => {}, 1000);
        test('hangs', () => new Promise(() => {}));`;
      const impatient = { ...patient, silenceMs: 5000 };
      const { problems } = await outcome({ 'a.test.ts': hanging }, isolation, impatient);
      assert.match(problems, /Nothing happened for 5 s; running: .*a\.test\.ts \(hangs\)/);
    });

    test(`${isolation}: a handle left open is named and stopped`, async () => {
      const leaking = `${passing}\nsetInterval(() => {}, 1000);`;
      const impatient = { ...patient, lingerMs: 1000 };
      const { problems } = await outcome({ 'a.test.ts': leaking }, isolation, impatient);
      assert.match(problems, /left something open/);
    });
  }
});
