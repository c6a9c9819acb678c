import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import {
  accountIdOf,
  createAccount,
  decodeDeviceStatement,
  decodeVault,
  openAccount,
  revokeDevice,
  type VerifiedDeviceList,
  verifyChain,
  verifyVault,
} from '../src/index.ts';
import { openVault } from '../src/vault.ts';
import { encodeDeviceStatementContent } from '../src/verify/device-statement.ts';
import { encodeVaultHeader } from '../src/verify/vault-shape.ts';
import {
  type AccountWorld,
  accountWorld,
  deviceAt,
  flipBit,
  NOW,
  stored,
} from './account-world.ts';
import { expectTypedError } from './expect-error.ts';
import { nodeVerifier as verifier } from './node-verifier.ts';
import { seededRandom } from './seeded-random.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_123);
let world: AccountWorld;
let devices: VerifiedDeviceList;

before(async () => {
  world = await accountWorld('hostile input', 2);
  const { accountId } = world.account;
  devices = await verifyChain({ accountId, statements: world.statements, verifier });
});

const chain = (statement: Uint8Array) =>
  verifyChain({ accountId: world.account.accountId, statements: [statement], verifier });

test('IDN-23: a statement with any bit turned is refused', async () => {
  const { statement } = world.account;
  for (let at = 0; at < statement.length; at++) {
    for (const bit of [0, 7, at % 8]) {
      await expectTypedError(() => chain(flipBit(statement, at, bit)), `byte ${at} bit ${bit}`);
    }
  }
});

test('IDN-23: a revocation with any bit turned is refused', async () => {
  const { statements } = world;
  const opener = deviceAt(world, 0);
  const { deviceId } = deviceAt(world, 1);
  const random = seededRandom('revocation');
  const { statement } = await revokeDevice({
    ...stored(world),
    opener,
    deviceId,
    random,
    now: NOW,
  });
  const { accountId } = world.account;
  const check = (last: Uint8Array) =>
    verifyChain({ accountId, statements: [...statements, last], verifier });
  await check(statement);
  for (let at = 0; at < statement.length; at++) {
    await expectTypedError(() => check(flipBit(statement, at)), `byte ${at}`);
  }
});

test('IDN-23: a statement or vault cut at any byte, or longer by one, is malformed', async () => {
  const inputs = [
    [world.account.statement, decodeDeviceStatement],
    [world.vault, decodeVault],
  ] as const;
  for (const [bytes, decode] of inputs) {
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(() => decode(bytes.subarray(0, length)), { name: 'ValidationError' });
    }
    assert.throws(() => decode(new Uint8Array([...bytes, 0])), { name: 'ValidationError' });
  }
});

test('IDN-23: a vault with any bit turned is refused by the server', async () => {
  const { vault } = world;
  await verifyVault({ vault, devices, storedRevision: 1, verifier });
  for (let at = 0; at < vault.length; at++) {
    await expectTypedError(
      () => verifyVault({ vault: flipBit(vault, at), devices, storedRevision: 1, verifier }),
      `byte ${at}`,
    );
  }
});

test('IDN-23: a vault with a bit turned opens for nobody', async () => {
  const { vault } = world;
  const opener = deviceAt(world, 0);
  openVault({ vault, opener });
  const everyFieldThenSome = new Set([
    ...Array.from({ length: 140 }, (_, i) => i),
    ...Array.from({ length: Math.floor(vault.length / 11) }, (_, i) => i * 11),
    ...Array.from({ length: 190 }, (_, i) => vault.length - 1 - i),
  ]);
  for (const at of everyFieldThenSome) {
    await expectTypedError(() => openVault({ vault: flipBit(vault, at), opener }), `byte ${at}`);
  }
});

test('IDN-23: arbitrary bytes and splices end in a typed error, soon', async (t) => {
  t.diagnostic(`seed ${seed}`);
  const { vault, statements } = world;
  const opener = deviceAt(world, 0);
  const sources = [vault, world.account.vault, ...statements];
  const splice = fc
    .tuple(
      fc.constantFrom(...sources),
      fc.nat(6_000),
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
    )
    .map(([source, at, bytes]) => {
      const start = at % source.length;
      return new Uint8Array([...source.subarray(0, start), ...bytes, ...source.subarray(start)]);
    });
  const hostile = fc.oneof(splice, fc.uint8Array({ maxLength: 3_000 }));
  const property = fc.asyncProperty(hostile, async (bytes) => {
    await expectTypedError(() => chain(bytes), 'as statement');
    await expectTypedError(() => openVault({ vault: bytes, opener }), 'as vault');
    await expectTypedError(
      () => openAccount({ ...stored({ statements, vault: bytes }), opener }),
      'as account',
    );
  });
  await fc.assert(property, { seed, numRuns: 300 });
});

test('IDN-23: what is decoded encodes to the same bytes', async (t) => {
  t.diagnostic(`seed ${seed}`);
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const property = fc.asyncProperty(name, fc.nat(), fc.nat(2 ** 31), async (text, salt, now) => {
    const deviceName = text.replace(/\p{Cc}/gu, '').slice(0, 12) || 'x';
    if (!deviceName.isWellFormed()) return;
    if (new TextEncoder().encode(deviceName).length > 64) return;
    const random = seededRandom(`round trip ${salt}`);
    const account = createAccount({ deviceName, random, now });
    const statement = decodeDeviceStatement(account.statement);
    const { content, signature } = statement;
    assert.deepEqual(
      new Uint8Array([...encodeDeviceStatementContent(content), ...signature]),
      account.statement,
    );
    const vault = decodeVault(account.vault);
    assert.deepEqual(encodeVaultHeader(vault), vault.header);
    assert.equal(accountIdOf(vault.identityPublicKey), account.accountId);
    assert.ok(content.action.kind === 'add' && content.action.device.name === deviceName);
  });
  await fc.assert(property, { seed, numRuns: 30 });
});

test('IDN-23: oversize input is refused before it is read', () => {
  const huge = new Uint8Array(50_000_000);
  const started = performance.now();
  assert.throws(() => decodeVault(huge), { code: 'vault-too-large' });
  assert.throws(() => decodeDeviceStatement(huge), { code: 'statement-too-large' });
  assert.ok(performance.now() - started < 50);
});
