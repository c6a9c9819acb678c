import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const source = join(import.meta.dirname, 'node-version.ts');

function requireNode(version: string) {
  const code = `import { requireNode } from '${source}'; requireNode('${version}');`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code]);
}

test('an older Node is told in a sentence what to do', () => {
  const { status, stderr } = requireNode('22.18.0');
  assert.equal(status, 1);
  assert.match(stderr.toString(), /^This needs Node 24 or newer .* Run it through npm/);
});

test('Node 24 and later pass in silence', () => {
  for (const version of ['24.0.0', '26.1.0']) {
    const { status, stderr } = requireNode(version);
    assert.deepEqual([status, stderr.toString()], [0, '']);
  }
});
