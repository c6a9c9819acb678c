import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { browserTests, discoverTests } from './discovery.ts';

const house = {
  'packages/mls/src/tree/leaf.test.ts': '',
  'packages/mls/src/tree/leaf.ts': '',
  'packages/mls/tests/history.test.ts': '',
  'packages/client/src/sync.test.ts': '',
  'apps/server/log/log.test.ts': '',
  'apps/web/tests/sign-up.test.ts': "import { chromium } from 'playwright-core';",
  'bench/table.test.ts': '',
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

  test('finds every test of the house, and gives all but pure unit tests a process', () => {
    assert.deepEqual(discoverTests(root, []), {
      shared: ['packages/mls/src/tree/leaf.test.ts'],
      process: [
        'apps/server/log/log.test.ts',
        'apps/web/tests/sign-up.test.ts',
        'bench/table.test.ts',
        'packages/client/src/sync.test.ts',
        'packages/mls/tests/history.test.ts',
        'scripts/a.test.ts',
      ],
    });
  });

  test('keeps what any filter names', () => {
    const { shared, process } = discoverTests(root, ['./packages/mls', 'log.test']);
    assert.deepEqual(
      [...shared, ...process],
      [
        'packages/mls/src/tree/leaf.test.ts',
        'apps/server/log/log.test.ts',
        'packages/mls/tests/history.test.ts',
      ],
    );
  });

  test('tells the tests that need a browser', () => {
    const { process } = discoverTests(root, []);
    assert.deepEqual(browserTests(root, process), ['apps/web/tests/sign-up.test.ts']);
  });
});
