import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNobleProvider } from '../src/providers/noble.ts';
import { createNodeProvider } from '../src/providers/node.ts';
import { createWebProvider } from '../src/providers/web.ts';
import { frozenHistory, hybridHistory } from './conformance/hybrid-history.ts';

for (const [name, create] of [
  ['noble', createNobleProvider],
  ['node', createNodeProvider],
  ['web', () => createWebProvider(crypto.subtle)],
] as const) {
  test(`the hybrid suite of ${name} gives the frozen messages and secrets`, async () => {
    assert.deepEqual(await hybridHistory(await create()), frozenHistory);
  });
}
