import { p256 } from '@noble/curves/nist.js';
import { MLS_128_DHKEMP256_AES128GCM_SHA256_P256 as suiteId } from '../../src/crypto-provider.ts';
import { bigEndian, concat, fromHex } from '../../src/providers/bytes.ts';
import { type ConformanceCase, outcome } from './case.ts';
import { seededRandom } from './seeded-random.ts';

const order = p256.Point.Fn.ORDER;
const privateKey = new Uint8Array(32).fill(7);
const publicKey = p256.getPublicKey(privateKey, false);
const message = Uint8Array.of(1, 2, 3);
const raw = p256.sign(message, privateKey, { lowS: true });
const r = bigEndian(raw.subarray(0, 32));
const s = bigEndian(raw.subarray(32));

/** Minimal big-endian digits with a zero before a leading one bit. */
function digits(value: bigint): Uint8Array {
  const text = value.toString(16);
  const bytes = fromHex(text.length % 2 === 0 ? text : `0${text}`);
  return (bytes[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), bytes) : bytes;
}

function tagged(tag: number, content: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(tag, content.length), content);
}

function der(first: bigint, second: bigint): Uint8Array {
  return tagged(0x30, concat(tagged(2, digits(first)), tagged(2, digits(second))));
}

const good = der(r, s);
const body = good.subarray(2);

/** n + r below 2^256 would be another encoding of r: put where r is small enough, else refused. */
const encodings: readonly (readonly [string, Uint8Array, boolean])[] = [
  ['as it should be', good, true],
  ['high S', der(r, order - s), true],
  ['r = 0', der(0n, s), false],
  ['s = 0', der(r, 0n), false],
  ['r = n', der(order, s), false],
  ['s = n', der(r, order), false],
  ['s + n', der(r, s + order), false],
  ['r and s swapped', der(s, r), false],
  ['a trailing byte', concat(good, new Uint8Array(1)), false],
  ['a trailing byte inside', tagged(0x30, concat(body, new Uint8Array(1))), false],
  ['a long-form length', concat(Uint8Array.of(0x30, 0x81, body.length), body), false],
  ['an indefinite length', concat(Uint8Array.of(0x30, 0x80), body, new Uint8Array(2)), false],
  [
    'a padded integer',
    tagged(0x30, concat(tagged(2, concat(Uint8Array.of(0, 0), digits(r))), tagged(2, digits(s)))),
    false,
  ],
  ['a set for a sequence', concat(Uint8Array.of(0x31), good.subarray(1)), false],
  [
    'a negative integer',
    tagged(0x30, concat(tagged(2, Uint8Array.of(0xff)), tagged(2, digits(s)))),
    false,
  ],
  [
    'an octet string for an integer',
    tagged(0x30, concat(tagged(4, digits(r)), tagged(2, digits(s)))),
    false,
  ],
  [
    'an empty integer',
    tagged(0x30, concat(tagged(2, new Uint8Array(0)), tagged(2, digits(s)))),
    false,
  ],
  ['one integer', tagged(0x30, tagged(2, digits(r))), false],
  ['r and s raw', raw, false],
  ['nothing', new Uint8Array(0), false],
  ['a byte less', good.subarray(0, good.length - 1), false],
  ['100 zeros', new Uint8Array(100), false],
];

const keys: readonly (readonly [string, Uint8Array])[] = [
  ['compressed', p256.getPublicKey(privateKey, true)],
  ['negated', concat(publicKey.subarray(0, 33), negatedOrdinate())],
  ['off the curve', publicKey.map((byte, at) => (at === 64 ? byte ^ 1 : byte))],
  ['infinity', new Uint8Array(1)],
  ['hybrid form', concat(Uint8Array.of(6 + ((publicKey[64] ?? 0) & 1)), publicKey.subarray(1))],
  ['a byte more', concat(publicKey, new Uint8Array(1))],
];

function negatedOrdinate(): Uint8Array {
  return p256.Point.fromBytes(publicKey).negate().toBytes(false).subarray(33);
}

const privateKeys: readonly (readonly [string, Uint8Array, string])[] = [
  ['1', p256.Point.Fn.toBytes(1n), 'ok'],
  ['n - 1', p256.Point.Fn.toBytes(order - 1n), 'ok'],
  ['0', new Uint8Array(32), 'invalid-private-key'],
  ['n', fromHex(order.toString(16)), 'invalid-private-key'],
  ['of ones', new Uint8Array(32).fill(0xff), 'invalid-private-key'],
  ['of 31 bytes', new Uint8Array(31).fill(1), 'invalid-private-key'],
];

export const ecdsaCases: readonly ConformanceCase[] = [
  ...encodings.map(
    ([name, signature, valid]) =>
      ({
        name: `ecdsa signature: ${name}`,
        expected: String(valid),
        verdict: async (provider) =>
          String(await provider.suite(suiteId).verify({ publicKey, message, signature })),
      }) satisfies ConformanceCase,
  ),
  ...keys.map(
    ([name, key]) =>
      ({
        name: `ecdsa key: ${name}`,
        expected: 'false',
        verdict: async (provider) =>
          String(
            await provider.suite(suiteId).verify({ publicKey: key, message, signature: good }),
          ),
      }) satisfies ConformanceCase,
  ),
  ...privateKeys.map(
    ([name, key, expected]) =>
      ({
        name: `ecdsa private key: ${name}`,
        expected: `${expected} ${expected}`,
        async verdict(provider) {
          const suite = provider.suite(suiteId);
          const signed = await outcome(() => suite.sign(key, message));
          return `${signed} ${await outcome(() => suite.kemPublicKey(key))}`;
        },
      }) satisfies ConformanceCase,
  ),
  {
    name: 'ecdsa: a fresh key pair signs and verifies',
    expected: 'true',
    async verdict(provider) {
      const suite = provider.suite(suiteId);
      const pair = await suite.generateSignatureKeyPair(seededRandom('ecdsa'));
      const signature = await suite.sign(pair.privateKey, message);
      return String(await suite.verify({ publicKey: pair.publicKey, message, signature }));
    },
  },
];
