import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type AccountWorld, accountWorld, deviceAt, NOW } from '../../tests/account-world.ts';
import { expectError, invalid, unverified } from '../../tests/expect-error.ts';
import { nodeVerifier } from '../../tests/node-verifier.ts';
import { seededRandom } from '../../tests/seeded-random.ts';
import { signDeviceStatement } from '../device-list-signing.ts';
import { createDevice, type DeviceSecrets, deviceCandidate } from '../device-secrets.ts';
import { ed25519PublicKey } from '../ed25519-signing.ts';
import {
  activeDevices,
  type DeviceListHead,
  extendChain,
  requireActiveDevice,
  verifyChain,
} from './device-list.ts';
import {
  type DeviceAction,
  decodeDeviceStatement,
  deviceStatementHash,
} from './device-statement.ts';
import { type AccountId, accountIdOf, parseDeviceId } from './ids.ts';
import {
  HASH_BYTES,
  MAX_ACTIVE_DEVICES,
  MAX_ADDITION_SEQ,
  MAX_DEVICE_STATEMENTS,
} from './limits.ts';

const random = seededRandom('device list');
const verifier = nodeVerifier;
const GENESIS: DeviceListHead = { seq: 0, hash: new Uint8Array(HASH_BYTES) };

/** Signs whatever it is told to, as the holder of an identity key can. */
class Author {
  readonly identitySeed = random(32);
  readonly accountId: AccountId = accountIdOf(ed25519PublicKey(this.identitySeed));
  head = GENESIS;

  device(name = 'phone'): DeviceSecrets {
    return createDevice({ accountId: this.accountId, deviceName: name, random, now: NOW });
  }

  sign(action: DeviceAction, head = this.head): Uint8Array {
    const { identitySeed } = this;
    const statement = signDeviceStatement({ identitySeed, head, action, now: NOW });
    this.head = { seq: head.seq + 1, hash: deviceStatementHash(statement) };
    return statement;
  }

  add(device = this.device(), head = this.head): Uint8Array {
    return this.sign({ kind: 'add', ...deviceCandidate(device) }, head);
  }

  revoke(device: DeviceSecrets, head = this.head): Uint8Array {
    return this.sign({ kind: 'revoke', deviceId: device.deviceId }, head);
  }
}

const verify = (author: Author, statements: readonly Uint8Array[]) =>
  verifyChain({ accountId: author.accountId, statements, verifier });

test('IDN-6: a list of additions and revocations says who is active', async () => {
  const author = new Author();
  const [phone, laptop] = [author.device('phone'), author.device('laptop')];
  const statements = [author.add(phone), author.add(laptop), author.revoke(phone)];
  const list = await verify(author, statements);
  assert.equal(list.head.seq, 3);
  assert.deepEqual(list.head, author.head);
  assert.deepEqual(
    activeDevices(list).map(({ name }) => name),
    ['laptop'],
  );
  assert.equal(list.devices.get(phone.deviceId)?.revokedSeq, 3);
  assert.equal(requireActiveDevice(list, laptop.deviceId).addedSeq, 2);
  await expectError(unverified('device-revoked'), () => requireActiveDevice(list, phone.deviceId));
  const stranger = parseDeviceId('00'.repeat(16));
  await expectError(unverified('device-unknown'), () => requireActiveDevice(list, stranger));
});

test('IDN-6: statement by statement gives the same list as all at once', async () => {
  const author = new Author();
  const [phone, laptop] = [author.device(), author.device()];
  const statements = [author.add(phone), author.add(laptop), author.revoke(laptop)];
  let list = await verify(author, statements.slice(0, 1));
  for (const statement of statements.slice(1)) list = await extendChain(list, statement, verifier);
  assert.deepEqual(list, await verify(author, statements));
});

describe('IDN-6: attacks on the chain', () => {
  const author = new Author();
  const [phone, laptop, tablet] = [author.device(), author.device(), author.device()];
  const first = author.add(phone);
  const afterFirst = author.head;
  const second = author.add(laptop);
  const afterSecond = author.head;
  const third = author.revoke(phone);
  const other = new Author();

  const attacks: readonly (readonly [string, string, () => readonly Uint8Array[]])[] = [
    ['nothing', 'list-empty', () => []],
    ['replay', 'list-gap', () => [first, second, second]],
    ['replayed addition of a revoked device', 'list-gap', () => [first, second, third, first]],
    ['gap', 'list-gap', () => [first, third]],
    ['no beginning', 'list-gap', () => [second, third]],
    ['reordering', 'list-gap', () => [first, third, second]],
    ['fork', 'list-fork', () => [first, author.add(tablet, afterFirst), third]],
    ['wrong beginning', 'list-fork', () => [author.add(tablet, { seq: 0, hash: random(32) })]],
    ['another account', 'wrong-account', () => [other.add()]],
    [
      'a statement of another account',
      'wrong-account',
      () => [first, other.add(tablet, afterFirst)],
    ],
    ['added twice', 'device-duplicate', () => [first, author.add(phone, afterFirst)]],
    [
      'added again after its revocation',
      'device-duplicate',
      () => {
        const revocation = author.revoke(phone, afterFirst);
        return [first, revocation, author.add(phone)];
      },
    ],
    [
      'signature key of another device',
      'device-duplicate',
      () => {
        const { sealKey } = tablet.description;
        const description = { ...phone.description, sealKey };
        return [first, author.add({ ...phone, description }, afterFirst)];
      },
    ],
    [
      'seal key of another device',
      'device-duplicate',
      () => [
        first,
        author.add(
          { ...tablet, description: { ...tablet.description, sealKey: phone.description.sealKey } },
          afterFirst,
        ),
      ],
    ],
    [
      'revoked twice',
      'device-already-revoked',
      () => {
        author.revoke(phone, afterSecond);
        return [first, second, third, author.revoke(phone)];
      },
    ],
    ['unlisted revoked', 'device-unknown', () => [first, author.revoke(tablet, afterFirst)]],
  ];
  for (const [name, code, statements] of attacks) {
    test(`IDN-6: ${name} is ${code}`, () =>
      expectError(unverified(code), () => verify(author, statements())));
  }
});

test('IDN-3: a device that did not agree, or agreed for another account, is not listed', async () => {
  const [author, other] = [new Author(), new Author()];
  const stolen = deviceCandidate(other.device());
  const forged = { ...deviceCandidate(author.device()), consent: random(64) };
  for (const candidate of [stolen, forged]) {
    const statement = author.sign({ kind: 'add', ...candidate }, GENESIS);
    await expectError(unverified('bad-signature'), () => verify(author, [statement]));
  }
});

test('IDN-4: only the identity key signs statements, under their own label', async () => {
  const [author, other] = [new Author(), new Author()];
  const device = author.device();
  const statement = author.add(device);
  const foreign = Uint8Array.from(statement);
  foreign.set(ed25519PublicKey(other.identitySeed), 25);
  const accountId = other.accountId;
  await expectError(unverified('bad-signature'), () =>
    verifyChain({ accountId, statements: [foreign], verifier }),
  );
  const signature = deviceCandidate(device).consent;
  const crossed = Uint8Array.from([...statement.subarray(0, -64), ...signature]);
  await expectError(unverified('bad-signature'), () => verify(author, [crossed]));
});

test('IDN-4: unknown actions, number 0 and unprintable names are refused', async () => {
  const author = new Author();
  const statement = author.add();
  const actionAt = 25 + 32 + 4 + 32 + 8;
  assert.equal(statement[actionAt], 1);
  await expectError(invalid('unknown-action'), () =>
    decodeDeviceStatement(Uint8Array.from(statement).fill(3, actionAt, actionAt + 1)),
  );
  await expectError(invalid('bad-seq'), () =>
    decodeDeviceStatement(Uint8Array.from(statement).fill(0, 57, 61)),
  );
  const nameAt = statement.length - 64 - 64 - 8 - 'phone'.length;
  const bell = Uint8Array.from(statement).fill(7, nameAt, nameAt + 1);
  await expectError(invalid('bad-device-name'), () => decodeDeviceStatement(bell));
  const illFormed = Uint8Array.from(statement).fill(0xff, nameAt, nameAt + 1);
  await expectError(invalid('bad-utf8'), () => decodeDeviceStatement(illFormed));
});

test('IDN-4: keys that are none are refused before anything is sealed to them', async () => {
  const author = new Author();
  const { description } = author.device();
  const neutral = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0));
  const bad = [
    { ...description, signatureKey: neutral },
    { ...description, sealKey: new Uint8Array(1216).fill(0xff) },
  ];
  for (const device of bad) {
    const statement = author.sign({ kind: 'add', device, consent: random(64) }, GENESIS);
    await expectError(invalid('bad-device-key'), () => decodeDeviceStatement(statement));
  }
});

test('IDN-5: the hash covers the signature', () => {
  const statement = new Author().add();
  const resigned = Uint8Array.from(statement).fill(1, -1);
  assert.notDeepEqual(deviceStatementHash(resigned), deviceStatementHash(statement));
  assert.deepEqual(decodeDeviceStatement(statement).hash, deviceStatementHash(statement));
});

describe('IDN-6: what was seen before', () => {
  let world: AccountWorld;
  before(async () => {
    world = await accountWorld('seen before', 3);
  });
  const check = (statements: readonly Uint8Array[], knownHead: DeviceListHead) =>
    verifyChain({ accountId: world.account.accountId, statements, verifier, knownHead });

  test('IDN-6: the same list or a longer one goes on from a known head', async () => {
    const { statements } = world;
    for (const [i, statement] of statements.entries()) {
      const knownHead = { seq: i + 1, hash: deviceStatementHash(statement) };
      assert.equal((await check(statements, knownHead)).head.seq, 3);
    }
    assert.equal(deviceAt(world, 2).description.name, 'device 3');
  });

  test('IDN-6: an older list than known is a rollback, another one a fork', async () => {
    const { statements } = world;
    const head = { seq: 3, hash: deviceStatementHash(statements[2] ?? random(1)) };
    await expectError(unverified('list-rollback'), () => check(statements.slice(0, 2), head));
    const hash = random(32);
    await expectError(unverified('list-fork'), () => check(statements, { seq: 2, hash }));
  });
});

test('IDN-6: twenty devices may be active, and a revocation makes room', async () => {
  const author = new Author();
  const devices = Array.from({ length: MAX_ACTIVE_DEVICES }, () => author.device());
  const statements = devices.map((device) => author.add(device));
  const full = await verify(author, statements);
  const fullHead = author.head;
  await expectError(unverified('too-many-devices'), () =>
    extendChain(full, author.add(), verifier),
  );
  author.head = fullHead;
  const roomy = await extendChain(full, author.revoke(devices[0] ?? author.device()), verifier);
  const again = await extendChain(roomy, author.add(), verifier);
  assert.equal(activeDevices(again).length, MAX_ACTIVE_DEVICES);
});

test('IDN-6: a full list takes revocations only, then nothing', async () => {
  const author = new Author();
  const statements: Uint8Array[] = [];
  const device = author.device();
  statements.push(author.add(device));
  while (statements.length < MAX_ADDITION_SEQ - 1) {
    const passing = author.device();
    statements.push(author.add(passing), author.revoke(passing));
  }
  const open = await verify(author, statements);
  assert.equal(open.head.seq, MAX_ADDITION_SEQ - 1);
  const last = author.device();
  const closing = await extendChain(open, author.add(last), verifier);
  const closed = author.head;
  await expectError(unverified('list-too-long'), () =>
    extendChain(closing, author.add(), verifier),
  );
  const revoked = await extendChain(closing, author.revoke(last, closed), verifier);
  assert.deepEqual(
    [...revoked.devices.values()].filter(({ status }) => status === 'active').length,
    1,
  );
  const endless = Array.from(
    { length: MAX_DEVICE_STATEMENTS + 1 },
    () => statements[0] ?? random(1),
  );
  await expectError(unverified('list-too-long'), () => verify(author, endless));
});
