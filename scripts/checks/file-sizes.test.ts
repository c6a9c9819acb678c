import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findOversized } from './file-sizes.ts';

const lines = (count: number): string => 'x\n'.repeat(count);

test('a source file of 500 lines passes, one more does not', () => {
  assert.deepEqual(findOversized([{ file: 'apps/a.ts', text: lines(500) }]), []);
  assert.deepEqual(findOversized([{ file: 'apps/a.ts', text: lines(501) }]), [
    'apps/a.ts has 501 lines, the limit is 500.',
  ]);
});

test('a last line without an end counts', () => {
  assert.equal(findOversized([{ file: 'apps/a.css', text: `${lines(500)}x` }]).length, 1);
});

test('the map of the house ends at 300 lines', () => {
  assert.equal(findOversized([{ file: 'ARCHITECTURE.md', text: lines(301) }]).length, 1);
});

test('generated code, fixtures and prose may be long', () => {
  const long = ['packages/protocol/src/gen/a.ts', 'apps/fixtures/a.ts', 'docs/protocol/log.md'];
  assert.deepEqual(findOversized(long.map((file) => ({ file, text: lines(9000) }))), []);
});
