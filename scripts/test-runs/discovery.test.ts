import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { discoverTests, groupTests } from './discovery.ts';

const house = {
  'packages/mls/src/tree/leaf.test.ts': '',
  'packages/mls/src/tree/leaf.ts': '',
  'packages/mls/src/tree/node.test.ts': '',
  'packages/mls/tests/history.test.ts': '// two',
  'packages/client/src/sync.test.ts': '// the longest of those without a browser',
  'apps/server/log/log.test.ts': '// three',
  'apps/web/tests/sign-up.test.ts': "import { openHouse } from './house.ts';",
  'apps/web/tests/house.ts':
    "import { writeFileSync } from 'node:fs';\nimport {\n  chromium,\n} from 'playwright-core';",
  'bench/table.test.ts': '// 1',
  'scripts/a.test.ts': '',
  'packages/mls/node_modules/x/src/x.test.ts': '',
  'docs/example.test.ts': '',
};

describe('discovery', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'house-'));
    for (const [file, text] of Object.entries(house)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const pathsFound = (filters: readonly string[]) =>
    discoverTests(root, filters).map(({ path }) => path);

  test('finds every test of the house', () => {
    assert.deepEqual(pathsFound([]), [
      'apps/server/log/log.test.ts',
      'apps/web/tests/sign-up.test.ts',
      'bench/table.test.ts',
      'packages/client/src/sync.test.ts',
      'packages/mls/src/tree/leaf.test.ts',
      'packages/mls/src/tree/node.test.ts',
      'packages/mls/tests/history.test.ts',
      'scripts/a.test.ts',
    ]);
  });

  test('keeps what any filter names', () => {
    assert.deepEqual(pathsFound(['./packages/mls', 'log.test']), [
      'apps/server/log/log.test.ts',
      'packages/mls/src/tree/leaf.test.ts',
      'packages/mls/src/tree/node.test.ts',
      'packages/mls/tests/history.test.ts',
    ]);
  });

  test('tells the tests that drive a browser, through the modules they import', () => {
    const driving = discoverTests(root, []).filter(({ drivesBrowser }) => drivesBrowser);
    assert.deepEqual(
      driving.map(({ path }) => path),
      ['apps/web/tests/sign-up.test.ts'],
    );
  });

  test('gives all but pure unit tests a process, the longest first', () => {
    assert.deepEqual(groupTests(discoverTests(root, [])), [
      ['packages/mls/src/tree/leaf.test.ts', 'packages/mls/src/tree/node.test.ts'],
      ['apps/web/tests/sign-up.test.ts'],
      ['packages/client/src/sync.test.ts'],
      ['apps/server/log/log.test.ts'],
      ['packages/mls/tests/history.test.ts'],
      ['bench/table.test.ts'],
      ['scripts/a.test.ts'],
    ]);
  });
});
