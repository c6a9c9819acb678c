import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { systemFailure } from './system-failure.ts';

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}

test('CLI-2: what the system refuses about a file is told in words, with the path', () => {
  const cases: [run: () => unknown, says: string][] = [
    [() => readFileSync('/proc/nowhere'), '/proc/nowhere does not exist'],
    [
      () => writeFileSync('/proc/version/x', ''),
      '/proc/version/x cannot be opened: part of the path is a file',
    ],
    [
      () => readdirSync('/proc/version'),
      '/proc/version cannot be opened: part of the path is a file',
    ],
  ];
  for (const [run, says] of cases) {
    const failure = systemFailure(thrownBy(run));
    assert.deepEqual([failure?.code, failure?.message], ['unavailable', says]);
  }
  assert.equal(systemFailure(new Error('a fault of ours')), undefined);
});
