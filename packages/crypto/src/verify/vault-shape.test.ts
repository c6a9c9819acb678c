import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { concatBytes } from '@noble/hashes/utils.js';
import { accountWorld } from '../../tests/account-world.ts';
import { expectError, invalid } from '../../tests/expect-error.ts';
import { seededRandom } from '../../tests/seeded-random.ts';
import { type DecodedVault, decodeVault, encodeVaultHeader, vaultLocators } from './vault-shape.ts';
import { ByteWriter } from './wire.ts';

const random = seededRandom('vault shape');
const KIND_AT = 19 + 32 + 4 + 4 + 32 + 1 + 16;
let vault: DecodedVault;
let bytes: Uint8Array;

before(async () => {
  bytes = (await accountWorld('vault shape', 2)).vault;
  vault = decodeVault(bytes);
});

const encode = (change: Partial<DecodedVault>) => {
  const changed = { ...vault, ...change };
  const sealed = new ByteWriter().variable(changed.sealed).bytes();
  return concatBytes(encodeVaultHeader(changed), sealed, changed.signature);
};

/** The vault with its phrase or device openers changed, all of one kind alike. */
const withOpeners = (kind: string, change: Partial<DecodedVault['openers'][number]>) =>
  encode({ openers: vault.openers.map((o) => (o.kind === kind ? { ...o, ...change } : o)) });

test('IDN-10: header, sealed part and signature stand where the page says', () => {
  assert.deepEqual(encode({}), bytes);
  assert.equal(vault.openers.length, 3);
  assert.equal(vault.revision, 2);
  assert.equal(vault.deviceListHead.seq, 2);
  const opener = 16 + 1 + 1216 + 2 + 1120 + 48;
  assert.equal(bytes.length, KIND_AT - 16 + 3 * opener + 80 + (2 + 32 + 2 + 36 + 16) + 64);
  assert.deepEqual(
    vaultLocators(vault).map(({ lookupKey }) => lookupKey.length),
    [32],
  );
});

test('IDN-10: revision 0 and a list without a statement are refused', async () => {
  await expectError(invalid('bad-revision'), () => decodeVault(encode({ revision: 0 })));
  const deviceListHead = { ...vault.deviceListHead, seq: 0 };
  await expectError(invalid('bad-revision'), () => decodeVault(encode({ deviceListHead })));
});

test('IDN-10: openers are 1 to 32, ordered, of a known kind', async () => {
  await expectError(invalid('bad-opener-count'), () => decodeVault(encode({ openers: [] })));
  const one = vault.openers[0];
  assert.ok(one !== undefined);
  const many = Array.from({ length: 33 }, () => one);
  await expectError(invalid('bad-opener-count'), () => decodeVault(encode({ openers: many })));
  const openers = vault.openers.toReversed();
  await expectError(invalid('openers-unordered'), () => decodeVault(encode({ openers })));
  for (const kind of [0, 5, 255]) {
    const unknown = Uint8Array.from(bytes).fill(kind, KIND_AT, KIND_AT + 1);
    await expectError(invalid('unknown-opener-kind'), () => decodeVault(unknown));
  }
});

test('IDN-10: each kind of opener has its own descriptor', async () => {
  const phrase = vault.openers.find(({ kind }) => kind === 'phrase');
  assert.ok(phrase !== undefined);
  const { descriptor } = phrase;
  const smallOrder = Uint8Array.from(descriptor).fill(0, 16, 48);
  const bad = [
    withOpeners('phrase', { descriptor: descriptor.subarray(1) }),
    withOpeners('phrase', { descriptor: new Uint8Array([...descriptor, 0]) }),
    withOpeners('phrase', { descriptor: smallOrder }),
    withOpeners('device', { descriptor: random(1) }),
    withOpeners('phrase', { kind: 'device' }),
    withOpeners('device', { kind: 'phrase' }),
  ];
  for (const [i, encoded] of bad.entries()) {
    await expectError(invalid('bad-descriptor'), () => decodeVault(encoded), `case ${i}`);
  }
  for (const kind of ['passkey', 'link'] as const) {
    decodeVault(withOpeners('phrase', { kind, descriptor: random(512) }));
    const tooLong = withOpeners('phrase', { kind, descriptor: random(513) });
    await expectError(invalid('bad-length'), () => decodeVault(tooLong));
  }
});

test('IDN-10: a key that cannot be sealed to is no opener', async () => {
  const publicKey = new Uint8Array(1216).fill(0xff);
  await expectError(invalid('bad-opener-key'), () =>
    decodeVault(withOpeners('device', { publicKey })),
  );
});

test('IDN-10: the sealed part has room for one to 1,024 archive keys', async () => {
  const least = 32 + 2 + 36 + 16;
  const most = 32 + 2 + 36 * 1_024 + 16;
  for (const length of [least, most]) decodeVault(encode({ sealed: new Uint8Array(length) }));
  for (const length of [0, least - 1, most + 1]) {
    const sealed = new Uint8Array(length);
    await expectError(invalid('bad-length'), () => decodeVault(encode({ sealed })));
  }
});
