import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOW } from '../tests/account-world.ts';
import { expectError, invalid } from '../tests/expect-error.ts';
import { nodeVerifier } from '../tests/node-verifier.ts';
import { seededRandom } from '../tests/seeded-random.ts';
import { createAccount } from './account.ts';
import { openVault } from './vault.ts';
import { activeDevices, verifyChain } from './verify/device-list.ts';
import { accountIdOf } from './verify/ids.ts';

const broken = { name: 'DependencyError', code: 'bad-randomness' };

test('IDN-15: a new account lists one device, which opens its vault', async () => {
  const account = createAccount({ deviceName: 'phone', random: seededRandom('new'), now: NOW });
  const { accountId, statement, vault, device } = account;
  assert.equal(accountId, accountIdOf(account.identityPublicKey));
  const list = await verifyChain({ accountId, statements: [statement], verifier: nodeVerifier });
  assert.deepEqual(
    activeDevices(list).map(({ deviceId }) => deviceId),
    [device.deviceId],
  );
  const opened = openVault({ vault, opener: device });
  assert.deepEqual(opened.archiveKeys, account.archiveKeys);
  assert.deepEqual(opened.vault.openers.map(({ kind }) => kind).sort(), ['device', 'phrase']);
  assert.equal(opened.vault.revision, 1);
});

test('IDN-15: the identity key is wiped once the account is made, and when making it fails', async () => {
  for (const deviceName of ['phone', '']) {
    const random = seededRandom('wiped');
    const drawn: Uint8Array[] = [];
    const watched = (length: number) => {
      const bytes = random(length);
      drawn.push(bytes);
      return bytes;
    };
    const make = () => createAccount({ deviceName, random: watched, now: NOW });
    if (deviceName === '') await expectError(invalid('bad-device-name'), make);
    else make();
    assert.deepEqual(drawn[0], new Uint8Array(32), 'the first draw is the identity seed');
  }
});

test('IDN-15: nothing that goes to the server holds a secret', () => {
  const drawn: Uint8Array[] = [];
  const random = seededRandom('secrets');
  const watched = (length: number) => {
    const bytes = random(length);
    drawn.push(Uint8Array.from(bytes));
    return bytes;
  };
  const { statement, vault } = createAccount({ deviceName: 'phone', random: watched, now: NOW });
  assert.ok(drawn.length >= 7);
  for (const secret of drawn) {
    for (const bytes of [statement, vault]) assert.equal(Buffer.from(bytes).indexOf(secret), -1);
  }
});

test('IDN-25: a broken source of randomness makes no account', async () => {
  const steady = seededRandom('steady');
  const once = steady(32);
  const sources = [
    (length: number) => new Uint8Array(length),
    zerosOnce(),
    (length: number) => steady(length + 1),
    (length: number) => steady(Math.max(0, length - 1)),
    () => new Uint8Array(),
    (length: number) => Uint8Array.from({ length }, (_, i) => once[i % 32] ?? 0),
  ];
  for (const random of sources) {
    await expectError(broken, () => createAccount({ deviceName: 'phone', random, now: NOW }));
  }
});

/** Zeros at the first draw only: the identity seed. */
function zerosOnce() {
  const random = seededRandom('zeros once');
  let draws = 0;
  return (length: number) => (draws++ === 0 ? new Uint8Array(length) : random(length));
}

test('IDN-25: the same randomness makes the same account, other randomness another', () => {
  const make = (seed: string) =>
    createAccount({ deviceName: 'phone', random: seededRandom(seed), now: NOW });
  assert.deepEqual(make('a'), make('a'));
  assert.notEqual(make('a').accountId, make('b').accountId);
});
