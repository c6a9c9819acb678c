import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { expectError, unverified } from '../../tests/expect-error.ts';
import { nodeVerifier } from '../../tests/node-verifier.ts';
import { seededRandom } from '../../tests/seeded-random.ts';
import { littleEndian } from './ed25519-encoding.ts';
import { nobleVerifier } from './noble-verifier.ts';
import { type SignatureCheck, verifySignature, verifySignatureNow } from './signature-verifier.ts';

const { Point } = ed25519;
const L = Point.Fn.ORDER;
const P = Point.Fp.ORDER;
const random = seededRandom('signatures');
/** A point of order 8 (RFC 8032 names none; 8 times it is the neutral element, 4 times is not). */
const TORSION = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');

test('IDN-21: RFC 8032 §7.1 test 2 verifies, and not for one bit less', async () => {
  const check = {
    publicKey: hexToBytes('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
    message: Uint8Array.of(0x72),
    signature: hexToBytes(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
        '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ),
  };
  assert.deepEqual(await verdicts(check), [true, true]);
  for (let i = 0; i < 64; i++) {
    const signature = Uint8Array.from(check.signature);
    signature[i] = (signature[i] ?? 0) ^ 1;
    assert.deepEqual(await verdicts({ ...check, signature }), [false, false], `byte ${i}`);
  }
});

test('IDN-21: crafted signatures have one verdict, whichever library is asked', async () => {
  for (const [name, check, expected] of craftedSignatures()) {
    assert.deepEqual(await verdicts(check), [expected, expected], name);
  }
  const { signature, message, publicKey } = torsionInR();
  assert.ok(
    ed25519.verify(signature, message, publicKey, { zip215: false }),
    'the equation with cofactor, which is not ours, accepts what the other refuses',
  );
});

test('IDN-21: a key of small order is refused in every encoding of it', async () => {
  for (let i = 0n; i < 8n; i++) {
    const point = i === 0n ? Point.ZERO : TORSION.multiplyUnsafe(i);
    for (const publicKey of [point.toBytes(), withSign(point.toBytes())]) {
      const check = { publicKey, message: random(8), signature: signAs(7n, Point.BASE.toBytes()) };
      await expectError(unverified('bad-signature'), () => verifySignature(always, check));
    }
  }
});

test('IDN-21: encodings are refused before the platform is asked', async () => {
  const encodings = new Set([
    'S + L',
    'short signature',
    'short key',
    'small-order R',
    'non-canonical key',
  ]);
  const refused = craftedSignatures().filter(([name]) => encodings.has(name));
  assert.equal(refused.length, encodings.size);
  for (const [name, check] of refused) {
    await expectError(unverified('bad-signature'), () => verifySignature(always, check), name);
  }
});

test('IDN-21: a platform that throws is a failed dependency, not a verdict', async () => {
  const { publicKey, message, signature } = honest();
  const verifier = { verify: () => Promise.reject(new Error('no such algorithm')) };
  const expected = { name: 'DependencyError', code: 'verifier-failed' };
  await expectError(expected, () => verifySignature(verifier, { publicKey, message, signature }));
});

/** Says yes to all, so that only the checks before it can refuse. */
const always = { verify: () => true };

async function verdicts(check: SignatureCheck): Promise<boolean[]> {
  const settled = await Promise.allSettled([
    verifySignature(nodeVerifier, check),
    (async () => verifySignatureNow(nobleVerifier, check))(),
  ]);
  return settled.map(({ status }) => status === 'fulfilled');
}

type Case = readonly [name: string, check: SignatureCheck, valid: boolean];

function craftedSignatures(): readonly Case[] {
  const { publicKey, message, signature } = honest();
  const s = littleEndian(signature.subarray(32));
  const r = signature.subarray(0, 32);
  const highS = concatBytes(r, toBytes(s + L));
  return [
    ['honest', { publicKey, message, signature }, true],
    ['S + L', { publicKey, message, signature: highS }, false],
    ['another message', { publicKey, message: random(9), signature }, false],
    ['short signature', { publicKey, message, signature: signature.subarray(1) }, false],
    ['short key', { publicKey: publicKey.subarray(1), message, signature }, false],
    ['small-order R', smallOrderR(), false],
    ['non-canonical key', { publicKey: toBytes(P + 3n), message, signature }, false],
    ['non-canonical key of small order', nonCanonicalKey(), false],
    ['no point', { publicKey: toBytes(2n), message, signature }, false],
    ['mixed-order key, torsion shows', mixedOrderKey(true), false],
    ['mixed-order key, torsion cancels', mixedOrderKey(false), true],
    ['torsion added to R', torsionInR(), false],
  ];
}

function honest() {
  const seed = random(32);
  const message = random(40);
  const publicKey = ed25519.getPublicKey(seed);
  return { publicKey, message, signature: ed25519.sign(message, seed), scalar: seed };
}

/** R = neutral element and S = k·a satisfy the equation for an honest key. */
function smallOrderR(): SignatureCheck {
  const a = 12345n;
  const publicKey = Point.BASE.multiply(a).toBytes();
  const message = random(8);
  const r = Point.ZERO.toBytes();
  const s = Point.Fn.create(challenge(r, publicKey, message) * a);
  return { publicKey, message, signature: concatBytes(r, toBytes(s)) };
}

/** A key with a torsion part: valid without cofactor only where k is a multiple of 8. */
function mixedOrderKey(torsionShows: boolean): SignatureCheck {
  const a = 777n;
  const publicKey = Point.BASE.multiply(a).add(TORSION).toBytes();
  for (;;) {
    const message = random(8);
    const r = Point.BASE.multiply(99n).toBytes();
    const k = challenge(r, publicKey, message);
    if ((k % 8n !== 0n) !== torsionShows) continue;
    const s = Point.Fn.create(99n + k * a);
    return { publicKey, message, signature: concatBytes(r, toBytes(s)) };
  }
}

/** The neutral element as P + 1: libraries that reduce it take R = [S]B from anybody. */
function nonCanonicalKey(): SignatureCheck {
  const signature = concatBytes(Point.BASE.multiply(99n).toBytes(), toBytes(99n));
  return { publicKey: toBytes(P + 1n), message: random(8), signature };
}

function torsionInR(): SignatureCheck {
  const a = 4321n;
  const publicKey = Point.BASE.multiply(a).toBytes();
  const message = random(8);
  const r = Point.BASE.multiply(99n).add(TORSION).toBytes();
  const s = Point.Fn.create(99n + challenge(r, publicKey, message) * a);
  return { publicKey, message, signature: concatBytes(r, toBytes(s)) };
}

function signAs(nonce: bigint, r: Uint8Array): Uint8Array {
  return concatBytes(r, toBytes(nonce));
}

function challenge(r: Uint8Array, publicKey: Uint8Array, message: Uint8Array): bigint {
  return Point.Fn.create(littleEndian(sha512(concatBytes(r, publicKey, message))));
}

function toBytes(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

function withSign(encoded: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(encoded);
  copy[31] = (copy[31] ?? 0) ^ 0x80;
  return copy;
}
