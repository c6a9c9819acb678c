import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519 as suiteId } from '../../src/crypto-provider.ts';
import { concat, littleEndian } from '../../src/providers/bytes.ts';
import { type ConformanceCase, hex } from './case.ts';

const { Point } = ed25519;
const order = Point.Fn.ORDER;
const prime = Point.Fp.ORDER;
type Point = typeof Point.BASE;

/** A generator of the eight points of small order. */
const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
const smallOrderPoints = Array.from({ length: 8 }, (_, times) =>
  torsion.multiplyUnsafe(BigInt(times)),
);
const message = Uint8Array.from('crafted', (character) => character.charCodeAt(0));
const scalar = 0x1234567890abcdef1234567890abcdef1234567890abcdefn;
const honestKey = Point.BASE.multiply(scalar);
const mixedKey = honestKey.add(torsion);

interface Signed {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

function littleEndianBytes(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));
}

function challenge(encodedR: Uint8Array, publicKey: Uint8Array): bigint {
  return littleEndian(sha512(concat(encodedR, publicKey, message)));
}

/** r, R, k and the valid S for the first r from a counter that `accept` takes. */
function craft(input: {
  key: Point;
  publicKey?: Uint8Array;
  nonceTorsion: (k: bigint) => Point;
  accept: (k: bigint, torsionOfR: Point) => boolean;
}): Signed {
  const publicKey = input.publicKey ?? input.key.toBytes();
  for (let r = 1n; r < 4096n; r++) {
    for (const offset of smallOrderPoints) {
      const encodedR = Point.BASE.multiply(r * 7919n)
        .add(offset)
        .toBytes();
      const k = challenge(encodedR, publicKey);
      if (!input.nonceTorsion(k).equals(offset) || !input.accept(k, offset)) continue;
      const s = (r * 7919n + (k % order) * scalar) % order;
      return { publicKey, signature: concat(encodedR, littleEndianBytes(s)) };
    }
  }
  throw new Error('No nonce gives such a signature');
}

const honest = craft({ key: honestKey, nonceTorsion: () => Point.ZERO, accept: () => true });

/** Valid by the cofactorless equation: R carries exactly the torsion that [k]A brings. */
const mixedBoth = craft({
  key: mixedKey,
  nonceTorsion: (k) => torsion.multiplyUnsafe(k % order).negate(),
  accept: (_k, offset) => !offset.is0(),
});

/** Valid with k reduced by the order as all platforms do, not with k as it is hashed. */
const reducedChallenge = craft({
  key: mixedKey,
  nonceTorsion: () => Point.ZERO,
  accept: (k) => (k % order) % 8n === 0n && k % 8n !== 0n,
});

const mixedKeyOnly = craft({
  key: mixedKey,
  nonceTorsion: () => Point.ZERO,
  accept: (k) => (k % order) % 8n !== 0n,
});

const mixedNonceOnly = craft({
  key: honestKey,
  nonceTorsion: () => torsion,
  accept: () => true,
});

/** For the test that this collection bites. */
export const onlyCofactoredValid = { ...mixedNonceOnly, message };

function withScalar(signed: Signed, change: (s: bigint) => bigint): Signed {
  const s = change(littleEndian(signed.signature.subarray(32)));
  return { ...signed, signature: concat(signed.signature.subarray(0, 32), littleEndianBytes(s)) };
}

/** A key of small order signs for anybody: S = r satisfies R = [S]B - [k]A for k of the right class. */
function smallOrderKey(key: Point, publicKey: Uint8Array): Signed {
  for (let r = 1n; r < 4096n; r++) {
    for (const offset of smallOrderPoints) {
      const encodedR = Point.BASE.multiply(r).add(offset).toBytes();
      const k = challenge(encodedR, publicKey) % order;
      if (!key.multiplyUnsafe(k).negate().equals(offset)) continue;
      return { publicKey, signature: concat(encodedR, littleEndianBytes(r)) };
    }
  }
  throw new Error('No nonce gives such a signature');
}

/** R of small order and S = k·a: for the identity it satisfies even the cofactorless equation. */
function smallOrderNonce(encodedR: Uint8Array): Signed {
  const publicKey = honestKey.toBytes();
  const s = ((challenge(encodedR, publicKey) % order) * scalar) % order;
  return { publicKey, signature: concat(encodedR, littleEndianBytes(s)) };
}

/** Other encodings of small-order points: y + p where it fits, and a sign bit on x = 0. */
const nonCanonicalEncodings: readonly (readonly [string, Uint8Array, Point])[] = [
  ['y = p', littleEndianBytes(prime), smallOrderOf(0n)],
  ['y = p + 1', littleEndianBytes(prime + 1n), Point.ZERO],
  ['y = p + 1 with sign', littleEndianBytes(prime + 1n + (1n << 255n)), Point.ZERO],
  ['y = 1 with sign', littleEndianBytes(1n + (1n << 255n)), Point.ZERO],
  ['y = -1 with sign', littleEndianBytes(prime - 1n + (1n << 255n)), smallOrderOf(prime - 1n)],
];

function smallOrderOf(y: bigint): Point {
  const found = smallOrderPoints.find((point) => point.toAffine().y === y);
  if (found === undefined) throw new Error('No such point');
  return found;
}

/** y-coordinates from the prime up: the largest 255-bit values, whatever point they reduce to. */
const aboveThePrime = [3n, 4n, 5n, 6n, 9n, 18n].map((excess) => littleEndianBytes(prime + excess));

function offCurve(): Uint8Array {
  for (let y = 2n; ; y++) {
    const encoding = littleEndianBytes(y);
    try {
      Point.fromBytes(encoding);
    } catch {
      return encoding;
    }
  }
}

function verifyCase(name: string, signed: Signed, expected: boolean): ConformanceCase {
  return {
    name: `ed25519: ${name}`,
    expected: String(expected),
    async verdict(provider) {
      const suite = provider.suite(suiteId);
      const alone = await suite.verify({ ...signed, message });
      const many = await suite.verifyMany(
        Array.from({ length: 5 }, () => ({ ...signed, message })),
      );
      return many.every((valid) => valid === alone)
        ? String(alone)
        : 'verify and verifyMany differ';
    },
  };
}

const badLengths = [0, 31, 33, 63, 65, 128];

export const ed25519Cases: readonly ConformanceCase[] = [
  verifyCase('honest', honest, true),
  verifyCase('mixed-order key and nonce, cofactorless valid', mixedBoth, true),
  verifyCase('challenge reduced by the order', reducedChallenge, true),
  verifyCase('mixed-order key, only cofactored valid', mixedKeyOnly, false),
  verifyCase('mixed-order nonce, only cofactored valid', mixedNonceOnly, false),
  verifyCase(
    'S + L',
    withScalar(honest, (s) => s + order),
    false,
  ),
  verifyCase(
    'S + 8 L',
    withScalar(honest, (s) => s + 8n * order),
    false,
  ),
  verifyCase(
    'S = L',
    withScalar(honest, () => order),
    false,
  ),
  verifyCase(
    'S = 0',
    withScalar(honest, () => 0n),
    false,
  ),
  verifyCase(
    'S with its highest bit',
    withScalar(honest, (s) => s + (1n << 255n)),
    false,
  ),
  verifyCase(
    'S + 1',
    withScalar(honest, (s) => s + 1n),
    false,
  ),
  ...smallOrderPoints.map((point, times) =>
    verifyCase(`small-order key, [${times}]T`, smallOrderKey(point, point.toBytes()), false),
  ),
  ...smallOrderPoints.map((point, times) =>
    verifyCase(`small-order nonce, [${times}]T`, smallOrderNonce(point.toBytes()), false),
  ),
  ...nonCanonicalEncodings.flatMap(([name, encoding, point]) => [
    verifyCase(`key encoded as ${name}`, smallOrderKey(point, encoding), false),
    verifyCase(`nonce encoded as ${name}`, smallOrderNonce(encoding), false),
  ]),
  ...aboveThePrime.map((publicKey) =>
    verifyCase(
      `key ${hex(publicKey).slice(0, 2)}ff…7f above the prime`,
      { ...honest, publicKey },
      false,
    ),
  ),
  verifyCase('key off the curve', { ...honest, publicKey: offCurve() }, false),
  verifyCase(
    'nonce off the curve',
    { ...honest, signature: concat(offCurve(), honest.signature.subarray(32)) },
    false,
  ),
  ...badLengths.map((length) =>
    verifyCase(
      `signature of ${length} bytes`,
      { ...honest, signature: new Uint8Array(length).fill(1) },
      false,
    ),
  ),
  ...badLengths.map((length) =>
    verifyCase(
      `key of ${length} bytes`,
      { ...honest, publicKey: new Uint8Array(length).fill(1) },
      false,
    ),
  ),
  ...[0, 7, 31, 32, 63].map((at) => {
    const signature = Uint8Array.from(honest.signature);
    signature[at] = (signature[at] ?? 0) ^ 1;
    return verifyCase(`byte ${at} of the signature changed`, { ...honest, signature }, false);
  }),
  {
    name: 'ed25519: signing is deterministic',
    expected: hex(ed25519.sign(message, littleEndianBytes(scalar))),
    async verdict(provider) {
      return hex(await provider.suite(suiteId).sign(littleEndianBytes(scalar), message));
    },
  },
  {
    name: 'ed25519: an empty message',
    expected: 'true',
    async verdict(provider) {
      const suite = provider.suite(suiteId);
      const empty = new Uint8Array(0);
      const privateKey = littleEndianBytes(scalar);
      const signature = await suite.sign(privateKey, empty);
      const publicKey = ed25519.getPublicKey(privateKey);
      return String(await suite.verify({ publicKey, message: empty, signature }));
    },
  },
];
