import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Generator } from './generator.ts';
import { findStale } from './generators.ts';

const generator: Generator = {
  name: 'two files',
  target: 'gen',
  isPresent: () => true,
  async write(_root, outputRoot) {
    mkdirSync(join(outputRoot, 'gen'), { recursive: true });
    writeFileSync(join(outputRoot, 'gen', 'a.ts'), 'a');
    writeFileSync(join(outputRoot, 'gen', 'b.ts'), 'b');
  },
};

describe('findStale', () => {
  let root = '';
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'house-'));
    await generator.write(root, root);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('finds nothing in what was just generated', async () => {
    assert.deepEqual(await findStale(root, generator), []);
  });

  test('finds a file that was changed, one that is missing and one too many', async () => {
    writeFileSync(join(root, 'gen', 'a.ts'), 'a by hand');
    rmSync(join(root, 'gen', 'b.ts'));
    writeFileSync(join(root, 'gen', 'c.ts'), 'left over');
    assert.deepEqual(await findStale(root, generator), [
      'gen/a.ts is not what "npm run generate" writes.',
      'gen/b.ts is not what "npm run generate" writes.',
      'gen/c.ts is not what "npm run generate" writes.',
    ]);
  });

  test('asks nothing of a house without the sources', async () => {
    rmSync(join(root, 'gen'), { recursive: true });
    assert.deepEqual(await findStale(root, { ...generator, isPresent: () => false }), []);
  });
});
