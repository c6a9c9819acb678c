import assert from 'node:assert/strict';
import { test } from 'node:test';
import { x25519 } from '@noble/curves/ed25519.js';
import { ml_kem768_x25519 as xWing } from '@noble/post-quantum/hybrid.js';
import { seededRandom } from '../../tests/seeded-random.ts';
import { isXWingPublicKey } from './x-wing-public-key.ts';

const random = seededRandom('x-wing keys');
const { publicKey } = xWing.keygen(random(32));
const P = 2n ** 255n - 19n;

test('IDN-2: an X-Wing key is taken if and only if it can be encapsulated to', () => {
  const candidates: Uint8Array[] = [publicKey, random(1216)];
  for (const at of [0, 1, 2, 575, 1149, 1150, 1151]) candidates.push(withBytes(at, [0xff, 0xff]));
  for (const at of [1152, 1183, 1184, 1215]) candidates.push(withBytes(at, [0x55]));
  for (const u of [0n, 1n, P - 1n, ...smallOrder()]) candidates.push(withU(u));
  const verdicts = candidates.map(isXWingPublicKey);
  assert.deepEqual(verdicts, candidates.map(encapsulates));
  assert.ok(verdicts.includes(true) && verdicts.includes(false));
});

test('IDN-2: an X25519 part that is not reduced is refused', () => {
  assert.equal(isXWingPublicKey(withU(9n)), true);
  for (const u of [P, P + 9n, 2n ** 255n + 9n]) assert.equal(isXWingPublicKey(withU(u)), false);
  assert.equal(isXWingPublicKey(publicKey.subarray(1)), false);
});

function smallOrder(): readonly bigint[] {
  return [
    325606250916557431795983626356110631294008115727848805560023387167927233504n,
    39382357235489614581723060781553021112529911719440698176882885853963445705823n,
  ];
}

function encapsulates(key: Uint8Array): boolean {
  try {
    x25519.getSharedSecret(new Uint8Array(32).fill(7), key.subarray(1184));
    xWing.encapsulate(key, new Uint8Array(64).fill(7));
    return true;
  } catch {
    return false;
  }
}

function withBytes(at: number, bytes: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(publicKey);
  copy.set(bytes, at);
  return copy;
}

function withU(u: bigint): Uint8Array {
  const bytes = Array.from({ length: 32 }, (_, i) => Number((u >> BigInt(8 * i)) & 255n));
  return withBytes(1184, bytes);
}
