import { p256 } from '@noble/curves/nist.js';
import {
  type CipherSuiteId,
  type CryptoProvider,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 as hybridId,
  type KeyPair,
  MLS_128_DHKEMP256_AES128GCM_SHA256_P256 as p256Id,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519 as x25519Id,
} from '../../src/crypto-provider.ts';
import { concat, fromHex } from '../../src/providers/bytes.ts';
import { type ConformanceCase, hex, outcome } from './case.ts';
import { seededRandom } from './seeded-random.ts';

const info = Uint8Array.of(1, 2, 3);
const aad = Uint8Array.of(4, 5);
const plaintext = Uint8Array.of(6, 7, 8, 9);
const curve25519Prime = 2n ** 255n - 19n;
const p256Prime = p256.Point.Fp.ORDER;

function littleEndianBytes(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));
}

function bigEndianBytes(value: bigint): Uint8Array {
  return littleEndianBytes(value).toReversed();
}

function keyPair(provider: CryptoProvider, id: CipherSuiteId): Promise<KeyPair> {
  return Promise.resolve(provider.suite(id).generateKemKeyPair(seededRandom('recipient')));
}

/** What becomes of a public key: whether it passes the check, and what sealing to it says. */
function publicKeyCase(input: {
  id: CipherSuiteId;
  name: string;
  key: Uint8Array;
  valid: boolean;
}): ConformanceCase {
  return {
    name: `kem public key: ${input.name}`,
    expected: input.valid ? 'true ok ok' : 'false invalid-public-key invalid-public-key',
    async verdict(provider) {
      const suite = provider.suite(input.id);
      const publicKey = input.key;
      const random = seededRandom(input.name);
      const sealed = await outcome(() =>
        suite.sealBase({ publicKey, info, aad, plaintext }, random),
      );
      const exporterContext = info;
      const exporting = { publicKey, info, exporterContext, length: 32 };
      const exported = await outcome(() => suite.exportBaseSender(exporting, random));
      return `${suite.isKemPublicKey(publicKey)} ${sealed} ${exported}`;
    },
  };
}

/** What becomes of a KEM output put in the place of a good one. */
function kemOutputCase(input: {
  id: CipherSuiteId;
  name: string;
  change: (kemOutput: Uint8Array) => Uint8Array;
}): ConformanceCase {
  return {
    name: `kem output: ${input.name}`,
    expected: 'decryption-failed',
    async verdict(provider) {
      const suite = provider.suite(input.id);
      const keys = await keyPair(provider, input.id);
      const { publicKey } = keys;
      const random = seededRandom(input.name);
      const sealed = await suite.sealBase({ publicKey, info, aad, plaintext }, random);
      const kemOutput = input.change(sealed.kemOutput);
      const { ciphertext } = sealed;
      return outcome(() => suite.openBase({ keyPair: keys, info, aad, kemOutput, ciphertext }));
    },
  };
}

const x25519Encodings: readonly (readonly [string, Uint8Array, boolean])[] = [
  ['x25519 u = 0', littleEndianBytes(0n), false],
  ['x25519 u = 1', littleEndianBytes(1n), false],
  [
    'x25519 first of order 8',
    fromHex('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'),
    false,
  ],
  [
    'x25519 second of order 8',
    fromHex('5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'),
    false,
  ],
  ['x25519 u = p - 1', littleEndianBytes(curve25519Prime - 1n), false],
  ['x25519 u = p', littleEndianBytes(curve25519Prime), false],
  ['x25519 u = p + 1', littleEndianBytes(curve25519Prime + 1n), false],
  ['x25519 u = p + 9', littleEndianBytes(curve25519Prime + 9n), false],
  ['x25519 u = 2^255 - 1', littleEndianBytes(2n ** 255n - 1n), false],
  ['x25519 u = 9 with the highest bit', littleEndianBytes(9n + 2n ** 255n), false],
  ['x25519 u = 0 with the highest bit', littleEndianBytes(2n ** 255n), false],
  ['x25519 u = 9', littleEndianBytes(9n), true],
  ['x25519 on the twist', littleEndianBytes(2n), true],
  ['x25519 u = p - 2', littleEndianBytes(curve25519Prime - 2n), true],
  ['x25519 of 31 bytes', new Uint8Array(31).fill(9), false],
  ['x25519 of 33 bytes', new Uint8Array(33).fill(9), false],
  ['x25519 of no bytes', new Uint8Array(0), false],
];

const base = p256.Point.BASE.toAffine();

function p256Encoding(first: number, x: bigint, y: bigint): Uint8Array {
  return concat(Uint8Array.of(first), bigEndianBytes(x), bigEndianBytes(y));
}

/** The x of a point whose x + p still fits 32 bytes: x below 2^256 - p. */
function smallAbscissa(): { x: bigint; y: bigint } {
  for (let x = 1n; ; x++) {
    try {
      return p256.Point.fromBytes(concat(Uint8Array.of(2), bigEndianBytes(x))).toAffine();
    } catch {}
  }
}

const small = smallAbscissa();

const p256Encodings: readonly (readonly [string, Uint8Array, boolean])[] = [
  ['p256 base point', p256Encoding(4, base.x, base.y), true],
  ['p256 base point negated', p256Encoding(4, base.x, p256Prime - base.y), true],
  ['p256 smallest x', p256Encoding(4, small.x, small.y), true],
  ['p256 x + p', p256Encoding(4, small.x + p256Prime, small.y), false],
  ['p256 off the curve', p256Encoding(4, base.x, base.y + 1n), false],
  ['p256 zeros', p256Encoding(4, 0n, 0n), false],
  ['p256 x = p', p256Encoding(4, p256Prime, base.y), false],
  ['p256 infinity', new Uint8Array(1), false],
  ['p256 infinity padded', new Uint8Array(65), false],
  ['p256 compressed', concat(Uint8Array.of(3), bigEndianBytes(base.x)), false],
  ['p256 hybrid form', p256Encoding(6 + Number(base.y & 1n), base.x, base.y), false],
  ['p256 with a byte more', concat(p256Encoding(4, base.x, base.y), new Uint8Array(1)), false],
];

/** A good ML-KEM key is one of small coefficients; each pair of them fills three bytes. */
function mlKemKey(change: (key: Uint8Array) => void): Uint8Array {
  const key = new Uint8Array(1216).fill(1);
  change(key);
  return key;
}

const hybridKeys: readonly (readonly [string, Uint8Array, boolean])[] = [
  ['mlkem768-x25519 small coefficients', mlKemKey(() => {}), true],
  // 3328 = 0xd00 and 3329 = 0xd01: the even coefficient's low byte comes first.
  ['mlkem768 first coefficient q - 1', mlKemKey((key) => key.set([0x00, 0x1d])), true],
  ['mlkem768 first coefficient q', mlKemKey((key) => key.set([0x01, 0x1d])), false],
  ['mlkem768 second coefficient q - 1', mlKemKey((key) => key.set([1, 0x01, 0xd0])), true],
  ['mlkem768 second coefficient q', mlKemKey((key) => key.set([1, 0x11, 0xd0])), false],
  ['mlkem768 last coefficient q', mlKemKey((key) => key.set([1, 0x11, 0xd0], 1149)), false],
  ['mlkem768 seed of ones', mlKemKey((key) => key.fill(0xff, 1152, 1184)), true],
  ['mlkem768 all ones', mlKemKey((key) => key.fill(0xff, 0, 1184)), false],
  ['mlkem768 with x25519 zero', mlKemKey((key) => key.fill(0, 1184)), false],
  ['mlkem768 with x25519 above p', mlKemKey((key) => key.fill(0xff, 1184)), false],
  ['mlkem768-x25519 a byte less', mlKemKey(() => {}).subarray(0, 1215), false],
  [
    'mlkem768-x25519 a byte more',
    concat(
      mlKemKey(() => {}),
      new Uint8Array(1),
    ),
    false,
  ],
  ['mlkem768 alone', mlKemKey(() => {}).subarray(0, 1184), false],
];

function changedAt(at: number): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

const suiteIds = [x25519Id, p256Id, hybridId] as const;

const sealedDigests: Record<number, string> = {
  [x25519Id]: '0bfe3ea07652c4856ae127031be95105',
  [p256Id]: 'b6ebfd045c6b48e25c032268a0cf7421',
  [hybridId]: '1df10a18be8249e9db2e33e80ae34fe8',
};

/** Sealing with replayable randomness: the same bytes from every provider. */
function replayCase(id: CipherSuiteId): ConformanceCase {
  return {
    name: `kem: sealing of suite ${id} replays bit for bit`,
    expected: sealedDigests[id] ?? '',
    async verdict(provider) {
      const suite = provider.suite(id);
      const { publicKey } = await keyPair(provider, id);
      const input = { publicKey, info, aad, plaintext };
      const sealed = await suite.sealBase(input, seededRandom('sender'));
      return hex(suite.hash(concat(sealed.kemOutput, sealed.ciphertext))).slice(0, 32);
    },
  };
}

export const kemCases: readonly ConformanceCase[] = [
  ...x25519Encodings.map(([name, key, valid]) => publicKeyCase({ id: x25519Id, name, key, valid })),
  ...p256Encodings.map(([name, key, valid]) => publicKeyCase({ id: p256Id, name, key, valid })),
  ...hybridKeys.map(([name, key, valid]) => publicKeyCase({ id: hybridId, name, key, valid })),
  ...x25519Encodings.map(([name, key]) => kemOutputCase({ id: x25519Id, name, change: () => key })),
  ...p256Encodings.map(([name, key]) => kemOutputCase({ id: p256Id, name, change: () => key })),
  ...x25519Encodings.map(([name, key]) =>
    kemOutputCase({
      id: hybridId,
      name: `hybrid with ${name}`,
      change: (kemOutput) => concat(kemOutput.subarray(0, 1088), key),
    }),
  ),
  kemOutputCase({ id: hybridId, name: 'hybrid, ML-KEM part changed', change: changedAt(500) }),
  kemOutputCase({
    id: hybridId,
    name: 'hybrid, a byte more before X25519',
    change: (kemOutput) =>
      concat(kemOutput.subarray(0, 1088), new Uint8Array(1), kemOutput.subarray(1088)),
  }),
  ...suiteIds.map(replayCase),
];
