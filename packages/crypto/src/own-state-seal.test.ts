import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../tests/seeded-random.ts';
import { MAX_OWN_STATE_BYTES, openOwnState, sealOwnState } from './own-state-seal.ts';
import { accountIdFromBytes } from './verify/ids.ts';

const accountId = accountIdFromBytes(new Uint8Array(32).fill(5));
const place = { accountId, covers: 0 };
const archiveKeys = [1, 2].map((version) => ({
  version,
  key: new Uint8Array(32).fill(version),
}));
const random = seededRandom('own state');
const seal = (plaintext: Uint8Array, where = place, keys = archiveKeys) =>
  sealOwnState(plaintext, where, { archiveKeys: keys, random });
const bytes = (text: string) => new TextEncoder().encode(text);

test('OWN-7: what was sealed is opened again, by whoever has the key of then', () => {
  const [first] = archiveKeys;
  assert.ok(first);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.nat(0xffff_ffff), (plaintext, covers) => {
      const where = { accountId, covers };
      const sealed = seal(plaintext, where);
      assert.deepEqual(openOwnState(sealed, where, { archiveKeys }), plaintext);
    }),
  );
  const old = seal(bytes('of before'), place, [first]);
  assert.deepEqual(openOwnState(old, place, { archiveKeys }), bytes('of before'));
  const sealed = seal(bytes('of now'));
  assert.throws(() => openOwnState(sealed, place, { archiveKeys: [first] }), {
    code: 'archive-key-unknown',
  });
  assert.notDeepEqual(seal(bytes('same')), seal(bytes('same')), 'a nonce of its own each time');
});

test('OWN-7: sizes fall into few steps, and what one entry cannot hold is refused', () => {
  const sizeOf = (length: number) => seal(new Uint8Array(length)).length - 45;
  assert.deepEqual([0, 1, 252, 253, 508, 509].map(sizeOf), [256, 256, 256, 512, 512, 1_024]);
  assert.equal(seal(new Uint8Array(MAX_OWN_STATE_BYTES)).length, 65_536);
  assert.throws(() => seal(new Uint8Array(MAX_OWN_STATE_BYTES + 1)), { code: 'too-large' });
});

test('OWN-7: bound to account, place and every byte; hostile bytes give typed errors', () => {
  const sealed = seal(bytes('a draft'), { accountId, covers: 9 });
  const other = accountIdFromBytes(new Uint8Array(32).fill(6));
  const notOpened = { code: 'own-state-not-opened' };
  for (const where of [
    { accountId, covers: 8 },
    { accountId: other, covers: 9 },
  ]) {
    assert.throws(() => openOwnState(sealed, where, { archiveKeys }), notOpened);
  }
  const codes = new Set<string>();
  const open = (entry: Uint8Array) => {
    try {
      openOwnState(entry, { accountId, covers: 9 }, { archiveKeys });
      codes.add('opened');
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error, String(error));
      codes.add(String(error.code));
    }
  };
  for (let at = 0; at < sealed.length; at++) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 0x81;
    open(changed);
    open(sealed.subarray(0, at));
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), open));
  open(new Uint8Array(65_537).fill(1));
  open(Uint8Array.of(0, ...sealed.subarray(1)));
  assert.deepEqual([...codes].sort(), [
    'archive-key-unknown',
    'bad-format',
    'bad-length',
    'newer-format',
    'own-state-not-opened',
    'truncated',
  ]);
});
