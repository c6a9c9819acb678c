import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
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
    sharing: 'together' | 'apart',
    patience = patient,
  ) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const names = Object.keys(files).filter((file) => file.endsWith('.test.ts'));
    const groups = sharing === 'together' ? [names] : names.map((name) => [name]);
    const tally = new Tally();
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    await runTests({ root, groups, processesAtOnce: 2, tally, patience, write });
    return {
      summary: tally.summary(),
      problems: tally.problems.join('\n'),
      text: lines.join('\n'),
    };
  }

  for (const sharing of ['together', 'apart'] as const) {
    test(`${sharing}: counts what passes, fails and skips, and shows why`, async () => {
      const mixed = `${head}
        test('right', () => {});
        test('wrong', () => { console.log('seed 42'); assert.equal(1, 2); });
        test('apart', (t) => t.skip('needs the shared vectors'));`;
      const { summary, text } = await outcome(
        { 'a.test.ts': passing, 'b.test.ts': mixed },
        sharing,
      );
      assert.equal(summary, '2 passed, 1 failed, 1 skipped');
      assert.match(text, /ok {3}a\.test\.ts/);
      assert.match(text, /FAIL b\.test\.ts/);
      assert.match(text, /FAIL wrong[\s\S]*1 !== 2/);
      assert.match(text, /seed 42/);
      assert.match(text, /skipped: apart: needs the shared vectors/);
    });

    test(`${sharing}: names a nested test by its whole path`, async () => {
      const nested = `${head}
        test('outer', async (t) => { await t.test('inner', () => assert.fail('no')); });`;
      const { summary, text } = await outcome({ 'a.test.ts': nested }, sharing);
      assert.equal(summary, '0 passed, 2 failed');
      assert.match(text, /FAIL outer > inner/);
    });

    test(`${sharing}: a file without a test, a todo and a bare skip fail`, async () => {
      const marks = `${head}test.todo('later'); test.skip('bare', () => {});`;
      const { summary, text } = await outcome(
        { 'a.test.ts': 'export {};', 'b.test.ts': marks },
        sharing,
      );
      assert.equal(summary, '0 passed, 3 failed');
      assert.match(text, /holds no test/);
      assert.match(text, /Marked todo/);
      assert.match(text, /Skipped without a reason/);
    });

    test(`${sharing}: a file that does not load fails`, async () => {
      const { summary } = await outcome({ 'a.test.ts': "import './absent.ts';" }, sharing);
      assert.equal(summary, '0 passed, 1 failed');
    });

    test(`${sharing}: a file that throws after it has registered a test fails`, async () => {
      const late = `${passing}\nthrow new Error('half loaded');`;
      const { summary, problems } = await outcome({ 'a.test.ts': late }, sharing);
      assert.equal(summary, '1 passed, 1 failed');
      assert.match(problems, /a\.test\.ts: It did not load: Error: half loaded/);
    });

    test(`${sharing}: an error outside of every test fails`, async () => {
      const stray = `${passing}\nsetTimeout(() => { throw new Error('nobody waits'); }, 50);`;
      const { summary, problems } = await outcome({ 'a.test.ts': stray }, sharing);
      assert.equal(summary, '1 passed, 1 failed');
      assert.match(problems, /nobody waits/);
    });

    test(`${sharing}: each file behind an early exit is named`, async () => {
      const early = `${passing}\ntest('two', () => process.exit(0));`;
      const files = { 'a.test.ts': passing, 'b.test.ts': early, 'c.test.ts': passing };
      const { summary, problems } = await outcome(files, sharing);
      assert.match(problems, /b\.test\.ts did not run to its end.*exit status 0/);
      const cut = sharing === 'together' ? 2 : 1;
      assert.match(summary, new RegExp(`, ${cut} failed$`));
      assert.equal(/c\.test\.ts did not run/.test(problems), sharing === 'together');
    });

    test(`${sharing}: a file whose loading never ends is named`, async () => {
      const { summary, problems } = await outcome(
        { 'a.test.ts': 'await new Promise(() => {});' },
        sharing,
      );
      assert.equal(summary, '0 passed, 1 failed');
      assert.match(problems, /a\.test\.ts did not run/);
    });

    test(`${sharing}: a test that waits for ever is named and stopped`, async () => {
      const hanging = `${head}setInterval(() => {}, 1000);
        test('hangs', () => new Promise(() => {}));`;
      const impatient = { ...patient, silenceMs: 5000 };
      const { problems } = await outcome({ 'a.test.ts': hanging }, sharing, impatient);
      assert.match(problems, /nothing happened for 5 s in a\.test\.ts \(hangs\)/);
    });

    test(`${sharing}: a handle left open is named and stopped`, async () => {
      const leaking = `${passing}\nsetInterval(() => {}, 1000);`;
      const impatient = { ...patient, lingerMs: 1000 };
      const { problems } = await outcome({ 'a.test.ts': leaking }, sharing, impatient);
      assert.match(problems, /a\.test\.ts left something open/);
    });

    test(`${sharing}: a runner that is slow to read loses no result`, async () => {
      const many = `${head}for (let i = 0; i < 1000; i++) test('number ' + i, () => {});
        test('says when', () => console.log('ran'));`;
      const run = outcome({ 'a.test.ts': many }, sharing);
      const blocked = new Int32Array(new SharedArrayBuffer(4));
      for (let i = 0; i < 8; i++) {
        Atomics.wait(blocked, 0, 0, 400);
        await wait(1);
      }
      assert.equal((await run).summary, '1001 passed, 0 failed');
    });
  }

  test('tests that a file takes from a suite elsewhere count as its own', async () => {
    const files = {
      'suite.ts': `${head}export const suite = () => test('shared', () => {});`,
      'a.test.ts': "import { suite } from './suite.ts'; suite();",
    };
    const { summary, text } = await outcome(files, 'apart');
    assert.equal(summary, '1 passed, 0 failed');
    assert.match(text, /ok {3}a\.test\.ts {2}1 tests/);
  });

  test('a process that a test leaves behind ends with it', async () => {
    const leaving = `${head}import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      test('one', () => {
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
        child.unref();
        writeFileSync('pid', String(child.pid));
      });`;
    const { summary } = await outcome({ 'a.test.ts': leaving }, 'apart');
    assert.equal(summary, '1 passed, 0 failed');
    const pid = readFileSync(join(root, 'pid'), 'utf8');
    assert.equal(isAlive(Number(pid)), false);
  });
});

/** A killed process whose parent has not yet taken notice of it is no longer alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
