import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_CODES } from '@heliogram/protocol';
import { CommandError } from '../bridge/bridge.ts';
import { errors as arabic } from '../language/ar/errors.ts';
import { errors as english } from '../language/en/errors.ts';
import { reasonOf, tell } from './failure.ts';

test('every code of the protocol has a sentence in every language', () => {
  const codes = Object.keys(ERROR_CODES).sort();
  for (const errors of [english, arabic]) {
    assert.deepEqual(Object.keys(errors.byCode).sort(), codes);
    assert.equal(new Set(Object.values(errors.byCode)).size, codes.length);
  }
});

test('a refusal is told by its code, and its English message only where it is a reason', () => {
  const full = new CommandError({ code: 'storage_full', message: 'disk', retry: true });
  const told = { text: english.byCode.storage_full, code: 'storage_full', retry: true };
  assert.deepEqual(tell(english, full), told);
  const suspended = { code: 'suspended', message: 'Spam in three channels.', retry: false };
  assert.match(tell(english, suspended).text, /Spam in three channels\.$/);
});

test('what is no refusal, or one of a newer server, is a defect', () => {
  for (const failure of [
    new TypeError('x'),
    undefined,
    { code: 'toString', message: '', retry: false },
  ]) {
    assert.equal(tell(english, failure).text, english.byCode.internal);
  }
});

test('only the reason of an operator is shown', () => {
  assert.equal(
    reasonOf('this account is suspended: Spam: three channels.'),
    'Spam: three channels.',
  );
  assert.equal(
    reasonOf('the server operator removed this channel: Fraud: fake shop'),
    'Fraud: fake shop',
  );
  assert.equal(reasonOf('the server operator removed this post'), '');
  assert.equal(reasonOf('this channel was taken down: Fraud'), 'Fraud', 'of an older server');
  assert.equal(reasonOf('the account is suspended'), '');
  assert.equal(
    reasonOf('This account is a nuisance: really'),
    'This account is a nuisance: really',
  );
});
