import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { heard, states } from '../examples/first-group.ts';
import { epochAuthenticatorOf } from '../src/index.ts';

const root = join(import.meta.dirname, '..');

test('the example of the README runs', () => {
  assert.equal(heard, 'hello');
  assert.deepEqual(epochAuthenticatorOf(states.alice), epochAuthenticatorOf(states.bob));
});

test('the README shows the example that is compiled and run', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const example = readFileSync(join(root, 'examples', 'first-group.ts'), 'utf8');
  const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? '');
  assert.ok(blocks.length >= 3);
  for (const block of blocks) assert.ok(example.includes(block.trim()), `not compiled:\n${block}`);
});
