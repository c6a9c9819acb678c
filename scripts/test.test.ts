import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';

const command = join(import.meta.dirname, 'test.ts');

describe('npm test', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'house-'));
    for (const folder of ['packages/mls/src', 'apps/cli']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, 'packages/mls/src/a.test.ts'), testThat('passes', ''));
    writeFileSync(join(root, 'apps/cli/b.test.ts'), testThat('fails', 'throw new Error()'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function run(...filters: readonly string[]) {
    const { status, stdout } = spawnSync(process.execPath, [command, ...filters], { cwd: root });
    return { status, lastLine: stdout.toString().trimEnd().split('\n').at(-1) };
  }

  test('adds up both kinds of run and fails on any failure', () => {
    assert.deepEqual(run(), { status: 1, lastLine: '1 passed, 1 failed' });
  });

  test('runs only what the filters name', () => {
    assert.deepEqual(run('packages/'), { status: 0, lastLine: '1 passed, 0 failed' });
  });

  test('fails when no test was run', () => {
    assert.deepEqual(run('no-such-room'), { status: 1, lastLine: '0 passed, 0 failed' });
  });
});

function testThat(name: string, body: string): string {
  return `import { test } from 'node:test';\ntest('${name}', () => { ${body} });\n`;
}
