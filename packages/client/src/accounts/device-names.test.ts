import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8Length } from '@heliogram/content';
import { distinctName, distinctNames } from './device-names.ts';

test('equal names of devices are numbered in their order', () => {
  const name = 'Chrome, Linux';
  assert.deepEqual(distinctNames([name, 'phone', name, name]), [
    name,
    'phone',
    'Chrome, Linux 2',
    'Chrome, Linux 3',
  ]);
  assert.equal(distinctName(name, [name, 'Chrome, Linux 3']), 'Chrome, Linux 2');
});

test('a numbered name is no longer than a name may be', () => {
  const long = 'é'.repeat(32);
  const next = distinctName(long, [long]);
  assert.ok(utf8Length(next) <= 64 && next.endsWith('é 2'));
});
