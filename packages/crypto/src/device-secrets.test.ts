import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountWorld, deviceAt, NOW } from '../tests/account-world.ts';
import { expectError, invalid } from '../tests/expect-error.ts';
import { seededRandom } from '../tests/seeded-random.ts';
import { createDevice, decodeDeviceSecrets, encodeDeviceSecrets } from './device-secrets.ts';

const random = seededRandom('device secrets');

test('IDN-14: a device survives its store', async () => {
  const device = deviceAt(await accountWorld('store', 1), 0);
  assert.deepEqual(decodeDeviceSecrets(encodeDeviceSecrets(device)), device);
});

test('IDN-14: a store cut at any byte or longer is refused', async () => {
  const bytes = encodeDeviceSecrets(deviceAt(await accountWorld('store', 1), 0));
  for (let length = 0; length < bytes.length; length++) {
    await assert.rejects(async () => decodeDeviceSecrets(bytes.subarray(0, length)), {
      name: 'ValidationError',
    });
  }
  await expectError(invalid('trailing-bytes'), () =>
    decodeDeviceSecrets(new Uint8Array([...bytes, 0])),
  );
});

test('IDN-3: a device name has 1 to 64 bytes and no control characters', async () => {
  const { account } = await accountWorld('names', 1);
  const named = (deviceName: string) =>
    createDevice({ accountId: account.accountId, deviceName, random, now: NOW });
  for (const name of ['a', 'é'.repeat(32), '手机'.repeat(10), '\ufeffphone']) {
    assert.equal(decodeDeviceSecrets(encodeDeviceSecrets(named(name))).description.name, name);
  }
  for (const name of [
    '',
    'a'.repeat(65),
    'é'.repeat(33),
    'a\nb',
    '\u001b[2J',
    '\u0085',
    '\ud800',
  ]) {
    await expectError(invalid('bad-device-name'), () => named(name), JSON.stringify(name));
  }
});
