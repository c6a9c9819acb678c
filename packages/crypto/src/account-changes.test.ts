import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type AccountWorld, accountWorld, deviceAt, NOW, stored } from '../tests/account-world.ts';
import { expectError, unverified } from '../tests/expect-error.ts';
import { seededRandom } from '../tests/seeded-random.ts';
import {
  addDevice,
  openAccount,
  recoverAccount,
  removeOpener,
  replaceRecoveryPhrase,
  revokeDevice,
  rotateArchiveKey,
} from './account-changes.ts';
import { createDevice, deviceCandidate } from './device-secrets.ts';
import { xWingPublicKey } from './key-wrap.ts';
import { openRecoveryPhrase } from './recovery-phrase.ts';
import { openVault, sealVault } from './vault.ts';
import { activeDevices } from './verify/device-list.ts';
import { openerIdFromBytes } from './verify/ids.ts';
import { decodeVault } from './verify/vault-shape.ts';

const random = seededRandom('changes');
const now = NOW;
let world: AccountWorld;

before(async () => {
  world = await accountWorld('changes', 3);
});

const phrase = () => openRecoveryPhrase(world.account.recoveryPhrase);
const revoke = (index: number, by = 0) =>
  revokeDevice({
    ...stored(world),
    opener: deviceAt(world, by),
    deviceId: deviceAt(world, index).deviceId,
    random,
    now,
  });

describe('IDN-17: recovery', () => {
  test('IDN-17: the phrase makes a new device that reads what the others read', async () => {
    const recovered = await recoverAccount({
      ...stored(world),
      opener: phrase(),
      deviceName: 'new',
      random,
      now,
    });
    assert.equal(recovered.accountId, world.account.accountId);
    assert.equal(recovered.revision, 4);
    assert.equal(activeDevices(recovered.devices).length, 4);
    const opened = openVault({ vault: recovered.vault, opener: recovered.device });
    assert.deepEqual(opened.archiveKeys, world.account.archiveKeys);
    openVault({ vault: recovered.vault, opener: deviceAt(world, 1) });
  });

  test('IDN-17: a wrong phrase recovers nothing', async () => {
    const other = await accountWorld('someone else', 1);
    const opener = openRecoveryPhrase(other.account.recoveryPhrase);
    await expectError(unverified('opener-unknown'), () =>
      recoverAccount({ ...stored(world), opener, deviceName: 'new', random, now }),
    );
  });
});

describe('IDN-18: revocation', () => {
  test('IDN-18: a revoked device opens neither the new vault nor the new archive key', async () => {
    const change = await revoke(1);
    assert.deepEqual(
      change.archiveKeys.map(({ version }) => version),
      [1, 2],
    );
    assert.deepEqual(change.archiveKeys[0], world.account.archiveKeys[0]);
    const revoked = deviceAt(world, 1);
    await expectError(unverified('opener-unknown'), () =>
      openVault({ vault: change.vault, opener: revoked }),
    );
    for (const opener of [deviceAt(world, 0), deviceAt(world, 2), phrase()]) {
      assert.deepEqual(openVault({ vault: change.vault, opener }).archiveKeys, change.archiveKeys);
    }
  });

  test('IDN-18: its old wrapped key fits nothing in the new vault', async () => {
    const { vault } = await revoke(1);
    const revoked = deviceAt(world, 1);
    const next = decodeVault(vault);
    for (const entry of next.openers) {
      const posing = { ...revoked, deviceId: entry.openerId as unknown as typeof revoked.deviceId };
      if (entry.kind !== 'device') continue;
      await expectError(unverified('vault-not-opened'), () => openVault({ vault, opener: posing }));
    }
    const old = decodeVault(world.vault).openers.map(({ wrappedKey }) => Buffer.from(wrappedKey));
    for (const { wrappedKey } of next.openers)
      assert.ok(!old.some((key) => key.equals(wrappedKey)));
  });

  test('IDN-18: a revoked device cannot change the account with what it kept', async () => {
    const { statement, vault } = await revoke(1);
    const access = {
      statements: [...world.statements, statement],
      vault,
      verifier: stored(world).verifier,
    };
    const opener = deviceAt(world, 1);
    await expectError(unverified('opener-unknown'), () => openAccount({ ...access, opener }));
    await expectError(unverified('vault-stale'), () =>
      openAccount({ ...access, vault: world.vault, opener }),
    );
  });

  test('IDN-18: a device may revoke itself, and the phrase may revoke any', async () => {
    const itself = await revoke(2, 2);
    assert.equal(activeDevices(itself.devices).length, 2);
    const { deviceId } = deviceAt(world, 0);
    const opener = phrase();
    const change = await revokeDevice({ ...stored(world), opener, deviceId, random, now });
    assert.equal(change.devices.devices.get(deviceId)?.status, 'revoked');
  });

  test('IDN-18: unknown and revoked devices are told apart', async () => {
    const { deviceId } = deviceAt(await accountWorld('unlisted', 1), 0);
    const opener = deviceAt(world, 0);
    await expectError(unverified('device-unknown'), () =>
      revokeDevice({ ...stored(world), opener, deviceId, random, now }),
    );
    const { statement, vault } = await revoke(1);
    const statements = [...world.statements, statement];
    const again = { ...stored({ statements, vault }), opener, random, now };
    await expectError(unverified('device-revoked'), () =>
      revokeDevice({ ...again, deviceId: deviceAt(world, 1).deviceId }),
    );
  });
});

test('IDN-3: a device that asks is added by any opener, and asks for one account only', async () => {
  const { accountId } = world.account;
  const asking = createDevice({ accountId, deviceName: 'linked', random, now });
  const opener = deviceAt(world, 1);
  const candidate = deviceCandidate(asking);
  const change = await addDevice({ ...stored(world), opener, candidate, random, now });
  assert.deepEqual(
    openVault({ vault: change.vault, opener: asking }).archiveKeys,
    change.archiveKeys,
  );
  const stranger = deviceAt(await accountWorld('asks elsewhere', 1), 0);
  await expectError(unverified('bad-signature'), () =>
    addDevice({ ...stored(world), opener, candidate: deviceCandidate(stranger), random, now }),
  );
});

test('IDN-19: rotating makes the next archive key for the same openers', async () => {
  const opener = deviceAt(world, 0);
  const change = await rotateArchiveKey({ ...stored(world), opener, random });
  assert.equal(change.revision, 4);
  assert.equal(change.archiveKeys.length, 2);
  assert.notDeepEqual(change.archiveKeys[1]?.key, change.archiveKeys[0]?.key);
  for (const other of [...world.devices, phrase()]) {
    assert.deepEqual(
      openVault({ vault: change.vault, opener: other }).archiveKeys,
      change.archiveKeys,
    );
  }
});

test('IDN-20: the old phrase opens nothing after a new one is made', async () => {
  const opener = deviceAt(world, 0);
  const change = await replaceRecoveryPhrase({ ...stored(world), opener, random });
  const { vault } = change;
  assert.equal(change.archiveKeys.length, 2);
  await expectError(unverified('opener-unknown'), () => openVault({ vault, opener: phrase() }));
  const fresh = openRecoveryPhrase(change.recoveryPhrase);
  assert.deepEqual(openVault({ vault, opener: fresh }).archiveKeys, change.archiveKeys);
  const posing = { ...phrase(), locator: fresh.locator, lookupKey: fresh.lookupKey };
  await expectError(unverified('wrong-account'), () => openVault({ vault, opener: posing }));
  const tagged = { ...posing, bindingKey: fresh.bindingKey };
  await expectError(unverified('vault-not-opened'), () => openVault({ vault, opener: tagged }));
});

test('IDN-20: the last opener that could recover the account stays', async () => {
  const opener = deviceAt(world, 0);
  const openers = decodeVault(world.vault).openers;
  for (const { openerId, kind } of openers) {
    const code = kind === 'phrase' ? 'last-opener' : 'opener-unknown';
    await expectError(unverified(code), () =>
      removeOpener({ ...stored(world), opener, openerId, random }),
    );
  }
});

test('IDN-16: vault and list of different moments are refused', async () => {
  const opener = deviceAt(world, 0);
  const access = { ...stored(world), opener };
  const statements = world.statements.slice(0, 2);
  await expectError(unverified('vault-stale'), () => openAccount({ ...access, statements }));
  await expectError(unverified('vault-stale'), () =>
    openAccount({ ...access, vault: world.account.vault }),
  );
  const { archiveKeys, revision } = await openAccount(access);
  assert.equal(revision, 3);
  assert.deepEqual(archiveKeys, world.account.archiveKeys);
});

test('IDN-16: what was seen before is not unseen', async () => {
  const opener = deviceAt(world, 0);
  const { devices, revision } = await openAccount({ ...stored(world), opener });
  const known = { knownHead: devices.head, knownRevision: revision };
  await openAccount({ ...stored(world), opener, ...known });
  const older = { statements: [world.account.statement], vault: world.account.vault };
  await openAccount({ ...stored(older), opener });
  await expectError(unverified('vault-rollback'), () =>
    openAccount({ ...stored(older), opener, ...known }),
  );
  await expectError(unverified('list-rollback'), () =>
    openAccount({ ...stored(older), opener, knownHead: devices.head }),
  );
});

test('IDN-20: a removed passkey opens the new vault no more', async () => {
  const opener = deviceAt(world, 0);
  const opened = openVault({ vault: world.vault, opener });
  const passkeySeed = random(32);
  const passkey = {
    openerId: openerIdFromBytes(random(16)),
    kind: 'passkey' as const,
    publicKey: xWingPublicKey(passkeySeed),
    descriptor: random(100),
  };
  const openers = [...opened.vault.openers, passkey];
  const vault = sealVault({ ...opened, ...opened.vault, revision: 4, openers }, random);
  const { openerId } = passkey;
  const access = { ...stored({ statements: world.statements, vault }), opener, random };
  const kept = await rotateArchiveKey(access);
  assert.ok(decodeVault(kept.vault).openers.some((entry) => entry.openerId === openerId));
  const removed = await removeOpener({ ...access, openerId });
  assert.ok(!decodeVault(removed.vault).openers.some((entry) => entry.openerId === openerId));
  assert.equal(removed.archiveKeys.length, 2);
});

test('IDN-16: every change wipes the identity key, and so does one that fails', async (t) => {
  const opener = deviceAt(world, 0);
  const { identitySeed } = openVault({ vault: world.vault, opener });
  const wiped: Uint8Array[] = [];
  const { fill } = Uint8Array.prototype;
  t.mock.method(Uint8Array.prototype, 'fill', function (this: Uint8Array, ...to: [number]) {
    wiped.push(Uint8Array.from(this));
    return fill.apply(this, to);
  });
  const wipesOf = async (work: () => Promise<unknown>) => {
    wiped.length = 0;
    await work().catch(() => undefined);
    return wiped.filter((bytes) => Buffer.from(bytes).equals(identitySeed)).length;
  };
  const access = { ...stored(world), opener, random };
  assert.equal(await wipesOf(() => openAccount(access)), 1);
  assert.equal(await wipesOf(() => rotateArchiveKey(access)), 1);
  assert.equal(await wipesOf(() => rotateArchiveKey({ ...access, statements: [] })), 1);
});
