import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  DependencyError,
  ERROR_CODES,
  errorFromCode,
  HeliogramError,
  UsageError,
  ValidationError,
  VerificationError,
} from './errors.ts';

const page = new URL('../../../docs/protocol/errors.md', import.meta.url);

test('ERR-1: the page lists every code with its facts, and no other', () => {
  const rows = [
    ...readFileSync(page, 'utf8').matchAll(/^\| `(\w+)` \| (\w+) \| (\d+) \| (yes|no) \|/gm),
  ];
  const listed = Object.fromEntries(
    rows.map(([, code = '', blame, http, retry]) => [
      code,
      { blame, http: Number(http), retry: retry === 'yes' },
    ]),
  );
  assert.deepEqual(listed, ERROR_CODES);
});

test('errors carry code, blame, retry and cause', () => {
  const cause = new Error('below');
  const error = new DependencyError('unavailable', 'later', { cause, retryAfterMs: 5 });
  assert.ok(error instanceof HeliogramError);
  assert.deepEqual(
    [error.name, error.code, error.blame, error.retry, error.retryAfterMs, error.cause],
    ['DependencyError', 'unavailable', 'dependency', true, 5, cause],
  );
  assert.equal(new UsageError('no').code, 'usage');
  assert.equal(new ValidationError('gone', 'no').retry, false);
  assert.equal(new VerificationError('forbidden', 'no').blame, 'verification');
});

test('a code from elsewhere keeps its meaning, an unknown one is internal', () => {
  assert.equal(errorFromCode('suspended', 'because').code, 'suspended');
  assert.equal(errorFromCode('rate_limited', 'slow', { retryAfterMs: 9 }).retryAfterMs, 9);
  assert.equal(errorFromCode('constructor', 'odd').code, 'internal');
});
