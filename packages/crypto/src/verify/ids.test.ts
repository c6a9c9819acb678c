import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { expectError, invalid } from '../../tests/expect-error.ts';
import { seededRandom } from '../../tests/seeded-random.ts';
import { accountIdOf, deviceIdOf, idBytes, parseAccountId, parseDeviceId } from './ids.ts';

const random = seededRandom('ids');

test('IDN-1: an account id is SHA-256 of the identity key, in lower-case hex', async () => {
  const key = random(32);
  const id = accountIdOf(key);
  assert.equal(id, createHash('sha256').update(key).digest('hex'));
  assert.equal(parseAccountId(id), id);
  assert.equal(Buffer.from(idBytes(id)).toString('hex'), id);
  for (const bad of [id.toUpperCase(), id.slice(1), `${id}0`, `${id}\n`, '', `0x${id.slice(2)}`]) {
    await expectError(invalid('bad-account-id'), () => parseAccountId(bad));
  }
  await expectError(invalid('bad-length'), () => accountIdOf(random(31)));
  await expectError(invalid('bad-length'), () => accountIdOf(random(33)));
});

test('IDN-2: a device id names the signature key under its own label', async () => {
  const key = random(32);
  const hash = createHash('sha256').update('\u0016Heliogram device id v1').update(key);
  assert.equal(deviceIdOf(key), hash.digest('hex').slice(0, 32));
  assert.notEqual(deviceIdOf(key), accountIdOf(key).slice(0, 32));
  await expectError(invalid('bad-device-id'), () => parseDeviceId(accountIdOf(key)));
  await expectError(invalid('bad-length'), () => deviceIdOf(random(31)));
});
