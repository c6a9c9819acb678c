import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  type AccountWorld,
  accountWorld,
  deviceAt,
  NOW,
  stored,
} from '../../tests/account-world.ts';
import { expectError, unverified } from '../../tests/expect-error.ts';
import { nodeVerifier } from '../../tests/node-verifier.ts';
import { seededRandom } from '../../tests/seeded-random.ts';
import { revokeDevice } from '../account-changes.ts';
import { ed25519Sign } from '../ed25519-signing.ts';
import { openVault, sealVault } from '../vault.ts';
import { type VerifiedDeviceList, verifyChain } from './device-list.ts';
import { verifyVault } from './vault-check.ts';
import { decodeVault, vaultLocators } from './vault-shape.ts';

const random = seededRandom('vault check');
const verifier = nodeVerifier;
let world: AccountWorld;
let devices: VerifiedDeviceList;

before(async () => {
  world = await accountWorld('vault check', 3);
  const { accountId } = world.account;
  devices = await verifyChain({ accountId, statements: world.statements, verifier });
});

test('IDN-11: a server takes the next revision for the very list, signed', async () => {
  const vault = await verifyVault({ vault: world.vault, devices, storedRevision: 2, verifier });
  assert.equal(vault.revision, 3);
  assert.equal(vaultLocators(vault).length, 1);
  for (const storedRevision of [0, 1, 3, 4]) {
    await expectError(unverified('vault-revision'), () =>
      verifyVault({ vault: world.vault, devices, storedRevision, verifier }),
    );
  }
});

test('IDN-11: a vault sealed before a device came or went is stale', async () => {
  const { account, statements } = world;
  const opener = deviceAt(world, 0);
  const deviceId = deviceAt(world, 1).deviceId;
  const change = await revokeDevice({ ...stored(world), opener, deviceId, random, now: NOW });
  const later = [...statements, change.statement];
  const { accountId } = account;
  const shorter = await verifyChain({ accountId, statements: later, verifier });
  await verifyVault({ vault: change.vault, devices: shorter, storedRevision: 3, verifier });
  await expectError(unverified('vault-stale'), () =>
    verifyVault({ vault: world.vault, devices: shorter, storedRevision: 2, verifier }),
  );
  await expectError(unverified('vault-stale'), () =>
    verifyVault({ vault: change.vault, devices, storedRevision: 3, verifier }),
  );
});

test('IDN-11: a vault for another list of the same length is stale', async () => {
  const opened = openVault({ vault: world.vault, opener: deviceAt(world, 0) });
  const deviceListHead = { seq: devices.head.seq, hash: random(32) };
  const vault = sealVault({ ...opened, ...opened.vault, revision: 4, deviceListHead }, random);
  await expectError(unverified('vault-stale'), () =>
    verifyVault({ vault, devices, storedRevision: 3, verifier }),
  );
});

test('IDN-11: openers that are devices are exactly the active devices', async () => {
  const opened = openVault({ vault: world.vault, opener: deviceAt(world, 0) });
  const { identitySeed, archiveKeys, vault } = opened;
  const contents = { identitySeed, archiveKeys, deviceListHead: vault.deviceListHead };
  const [first, second] = vault.openers.filter(({ kind }) => kind === 'device');
  assert.ok(first !== undefined && second !== undefined);
  const others = vault.openers.filter((opener) => opener !== first);
  const variants = [
    others,
    [...others, { ...first, publicKey: second.publicKey }],
    [...others, { ...first, kind: 'link' as const }],
    [...vault.openers, { ...first, openerId: vaultStranger() }],
  ];
  for (const openers of variants) {
    const bytes = sealVault({ ...contents, openers, revision: 4 }, random);
    await expectError(unverified('vault-openers'), () =>
      verifyVault({ vault: bytes, devices, storedRevision: 3, verifier }),
    );
  }
});

test('IDN-11: a device cannot sign a vault, nor another account give one', async () => {
  const device = deviceAt(world, 0);
  const signed = world.vault.subarray(0, -64);
  const forged = new Uint8Array([...signed, ...ed25519Sign(device.signatureSeed, signed)]);
  await expectError(unverified('bad-signature'), () =>
    verifyVault({ vault: forged, devices, storedRevision: 2, verifier }),
  );
  const other = await accountWorld('other account', 1);
  await expectError(unverified('wrong-account'), () =>
    verifyVault({ vault: other.vault, devices, storedRevision: 0, verifier }),
  );
});

function vaultStranger() {
  const openerId = decodeVault(world.account.vault).openers.find(
    (o) => o.kind === 'phrase',
  )?.openerId;
  assert.ok(openerId !== undefined);
  return flipId(openerId);
}

function flipId<Id extends string>(id: Id): Id {
  const flipped = (id.startsWith('0') ? '1' : '0') + id.slice(1);
  return flipped as Id;
}
