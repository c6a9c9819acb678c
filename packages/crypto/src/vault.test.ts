import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { concatBytes } from '@noble/hashes/utils.js';
import { type AccountWorld, accountWorld, deviceAt, flipBit } from '../tests/account-world.ts';
import { expectError, invalid, unverified } from '../tests/expect-error.ts';
import { seededRandom } from '../tests/seeded-random.ts';
import { ed25519PublicKey, ed25519Sign } from './ed25519-signing.ts';
import { seal } from './key-wrap.ts';
import { openRecoveryPhrase } from './recovery-phrase.ts';
import { deriveSecret } from './secret-bytes.ts';
import { type OpenedVault, openVault, sealVault, wipeVault } from './vault.ts';
import { openerIdFromBytes } from './verify/ids.ts';
import { decodeVault, encodeVaultHeader } from './verify/vault-shape.ts';
import { ByteWriter } from './verify/wire.ts';

const random = seededRandom('vault');
let world: AccountWorld;
let opened: OpenedVault;

before(async () => {
  world = await accountWorld('vault', 2);
  opened = openVault({ vault: world.vault, opener: deviceAt(world, 0) });
});

test('IDN-10: every device and the phrase open the same vault', () => {
  const phrase = openRecoveryPhrase(world.account.recoveryPhrase);
  for (const opener of [deviceAt(world, 0), deviceAt(world, 1), phrase]) {
    const { identitySeed, archiveKeys } = openVault({ vault: world.vault, opener });
    assert.deepEqual(ed25519PublicKey(identitySeed), world.account.identityPublicKey);
    assert.deepEqual(archiveKeys, world.account.archiveKeys);
  }
});

test('IDN-10: the largest vault that the limits allow is taken, and a larger one is not', async () => {
  const { identitySeed, vault } = opened;
  const { deviceListHead } = vault;
  const keys = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ version: i + 1, key: random(32) }));
  const first = vault.openers.find(({ kind }) => kind === 'device');
  assert.ok(first !== undefined);
  const passkey = (i: number) => ({
    ...first,
    openerId: openerIdFromBytes(Uint8Array.of(i, ...random(15))),
    kind: 'passkey' as const,
    descriptor: random(512),
  });
  const openers = (count: number) => [
    first,
    ...Array.from({ length: count - 1 }, (_, i) => passkey(i)),
  ];
  const sealed = (openerCount: number, keyCount: number) =>
    sealVault(
      {
        identitySeed,
        deviceListHead,
        revision: 9,
        archiveKeys: keys(keyCount),
        openers: openers(openerCount),
      },
      random,
    );
  const largest = sealed(32, 1_024);
  assert.ok(largest.length <= 131_072, `${largest.length}`);
  assert.equal(
    openVault({ vault: largest, opener: deviceWithId(first.openerId) }).archiveKeys.length,
    1_024,
  );
  await expectError(invalid('bad-opener-count'), () => sealed(33, 1));
  await expectError({ name: 'UsageError', code: 'bad-archive-keys' }, () => sealed(1, 1_025));
  await expectError({ name: 'UsageError', code: 'bad-archive-keys' }, () => sealed(1, 0));
  const twice = { ...opened, ...opened.vault, openers: [first, first] };
  await expectError(invalid('openers-unordered'), () => sealVault(twice, random));
});

test('IDN-16: a vault older than the newest seen is refused', async () => {
  const opener = deviceAt(world, 0);
  openVault({ vault: world.vault, opener, knownRevision: 2 });
  await expectError(unverified('vault-rollback'), () =>
    openVault({ vault: world.account.vault, opener, knownRevision: 2 }),
  );
});

test('IDN-16: strangers, their vaults and wrong phrases open nothing', async () => {
  const other = await accountWorld('stranger', 1);
  const [mine, theirs] = [deviceAt(world, 0), deviceAt(other, 0)];
  await expectError(unverified('wrong-account'), () =>
    openVault({ vault: world.vault, opener: theirs }),
  );
  const posing = { ...theirs, accountId: mine.accountId };
  await expectError(unverified('opener-unknown'), () =>
    openVault({ vault: world.vault, opener: posing }),
  );
  const wearing = { ...posing, deviceId: mine.deviceId };
  await expectError(unverified('vault-not-opened'), () =>
    openVault({ vault: world.vault, opener: wearing }),
  );
  const phrase = openRecoveryPhrase(other.account.recoveryPhrase);
  await expectError(unverified('opener-unknown'), () =>
    openVault({ vault: world.vault, opener: phrase }),
  );
});

test('IDN-13: whoever stores the vault cannot pass another off to the phrase', async () => {
  const phrase = openRecoveryPhrase(world.account.recoveryPhrase);
  const entry = opened.vault.openers.find(({ kind }) => kind === 'phrase');
  assert.ok(entry !== undefined);
  const forged = sealVault(
    { ...opened, ...opened.vault, identitySeed: random(32), openers: [entry] },
    random,
  );
  await expectError(unverified('wrong-account'), () =>
    openVault({ vault: forged, opener: phrase }),
  );
});

test('IDN-16: without the identity key no vault of the account can be made', async () => {
  const device = deviceAt(world, 0);
  const forger = random(32);
  const forged = sealVault({ ...opened, ...opened.vault, identitySeed: forger }, random);
  const { header, sealed } = decodeVault(forged);
  const claimed = encodeVaultHeader({
    ...decodeVault(forged),
    identityPublicKey: world.account.identityPublicKey,
  });
  assert.equal(claimed.length, header.length);
  const signed = concatBytes(claimed, new ByteWriter().variable(sealed).bytes());
  const vault = concatBytes(signed, ed25519Sign(forger, signed));
  await expectError(unverified('bad-signature'), () => openVault({ vault, opener: device }));
});

test('IDN-22: even signed again by the account, no part of a vault moves to another place', async () => {
  const device = deviceAt(world, 0);
  const { vault, identitySeed } = opened;
  const resign = (change: Partial<typeof vault>) => {
    const changed = { ...vault, ...change };
    const body = new ByteWriter().variable(changed.sealed).bytes();
    const signed = concatBytes(encodeVaultHeader(changed), body);
    return concatBytes(signed, ed25519Sign(identitySeed, signed));
  };
  openVault({ vault: resign({}), opener: device });
  const older = decodeVault(world.account.vault);
  const [a, b] = vault.openers;
  assert.ok(a !== undefined && b !== undefined);
  const wrapsOf = (to: typeof a, from: typeof a) => ({
    ...to,
    ciphertext: from.ciphertext,
    wrappedKey: from.wrappedKey,
  });
  const swapped = [wrapsOf(a, b), wrapsOf(b, a), ...vault.openers.slice(2)];
  const attacks: readonly Partial<typeof vault>[] = [
    { revision: vault.revision + 1 },
    { revision: vault.revision - 1 },
    { deviceListHead: older.deviceListHead },
    { sealed: older.sealed },
    { openers: older.openers },
    { openers: swapped },
    {
      openers: vault.openers.map((o) =>
        o.kind === 'phrase' ? { ...o, descriptor: flipBit(o.descriptor, 79) } : o,
      ),
    },
    {
      openers: vault.openers.map((o) =>
        o.kind === 'phrase' ? { ...o, wrappedKey: flipBit(o.wrappedKey, 9) } : o,
      ),
    },
  ];
  for (const [i, attack] of attacks.entries()) {
    await expectError(
      unverified('vault-not-opened'),
      () => openVault({ vault: resign(attack), opener: device }),
      `attack ${i}`,
    );
  }
  for (let at = 0; at < vault.sealed.length; at++) {
    await expectError(
      unverified('vault-not-opened'),
      () => openVault({ vault: resign({ sealed: flipBit(vault.sealed, at) }), opener: device }),
      `byte ${at}`,
    );
  }
});

test('IDN-22: no two seals of the same content share a byte of secret', () => {
  const again = () => decodeVault(sealVault({ ...opened, ...opened.vault }, random));
  const [one, two] = [again(), again()];
  assert.notDeepEqual(one.sealed, two.sealed);
  assert.notDeepEqual(one.openers[0]?.ciphertext, two.openers[0]?.ciphertext);
});

test('IDN-16: an inside that names another account or misnumbers its keys is refused', async () => {
  const opener = deviceAt(world, 0);
  const { identitySeed } = opened;
  const inside = (seed: Uint8Array, versions: readonly number[]) => {
    const writer = new ByteWriter().fixed(seed, 32).u16(versions.length);
    for (const version of versions) writer.u32(version).fixed(random(32), 32);
    return withInside(writer.bytes());
  };
  openVault({ vault: inside(identitySeed, [1, 2]), opener });
  await expectError(unverified('wrong-account'), () =>
    openVault({ vault: inside(random(32), [1, 2]), opener }),
  );
  for (const versions of [[0], [2], [1, 1], [2, 1], [1, 3]]) {
    await expectError(
      invalid('bad-archive-keys'),
      () => openVault({ vault: inside(identitySeed, versions), opener }),
      `${versions}`,
    );
  }
  const short = inside(identitySeed, [1, 2]);
  const longer = withInside(new Uint8Array([...identitySeed, 0, 1, 0, 0, 0, 1, ...random(33)]));
  assert.ok(short.length > longer.length);
  await expectError(invalid('trailing-bytes'), () => openVault({ vault: longer, opener }));
  const archiveKeys = [{ version: 2, key: random(32) }];
  await expectError({ name: 'UsageError', code: 'bad-archive-keys' }, () =>
    sealVault({ ...opened, ...opened.vault, archiveKeys }, random),
  );
});

/** The vault sealed again by its account, but around this inside: the first draw is the vault key. */
function withInside(body: Uint8Array): Uint8Array {
  const drawn: Uint8Array[] = [];
  const watched = (length: number) => {
    const bytes = random(length);
    drawn.push(Uint8Array.from(bytes));
    return bytes;
  };
  const { header } = decodeVault(sealVault({ ...opened, ...opened.vault }, watched));
  const bodyKey = deriveSecret(drawn[0] ?? random(32), 'Heliogram vault body v1');
  const signed = concatBytes(
    header,
    new ByteWriter().variable(seal(bodyKey, body, header)).bytes(),
  );
  return concatBytes(signed, ed25519Sign(opened.identitySeed, signed));
}

test('IDN-16: a wiped vault holds no identity key', () => {
  const own = openVault({ vault: world.vault, opener: deviceAt(world, 0) });
  wipeVault(own);
  assert.ok(own.identitySeed.every((byte) => byte === 0));
  assert.notDeepEqual(own.archiveKeys[0]?.key, new Uint8Array(32));
});

function deviceWithId(openerId: string) {
  const device = world.devices.find(({ deviceId }) => String(deviceId) === openerId);
  assert.ok(device !== undefined);
  return device;
}
