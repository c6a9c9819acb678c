import type { CryptoProvider, SuiteCrypto } from '../../src/crypto-provider.ts';
import { cipherSuites } from '../../src/providers/cipher-suites.ts';
import { RandomSource } from '../../src/random-source.ts';
import { type ConformanceCase, hex, outcome } from './case.ts';

function counting(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => at & 0xff);
}

/** A digest over hash, HMAC and HKDF of many lengths, around every block boundary. */
function kdfDigest(suite: SuiteCrypto): string {
  let digest = suite.hash(new Uint8Array(0));
  for (const length of [0, 1, 31, 32, 48, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 300, 5000]) {
    const data = counting(length);
    const extracted = suite.hkdfExtract(suite.hmac(data, digest), suite.hash(data));
    digest = suite.hkdfExpand(extracted, data, 1 + (length % 255));
  }
  return hex(suite.hash(digest)).slice(0, 32);
}

const kdfDigests: Record<string, string> = {
  sha256: '2d5b760d50bf3c0ebcb23cd9f7fa2d12',
  sha384: '837e15905789211aee9ba443ecd61f9d',
};

const badRandomness: readonly (readonly [string, () => RandomSource, string])[] = [
  [
    'throws',
    () =>
      new RandomSource(() => {
        throw new Error('no entropy');
      }),
    'randomness-failed',
  ],
  [
    'is short',
    () => new RandomSource((length) => new Uint8Array(length - 1).fill(1)),
    'randomness-failed',
  ],
  [
    'is long',
    () => new RandomSource((length) => new Uint8Array(length + 1).fill(1)),
    'randomness-failed',
  ],
  ['is zero', () => new RandomSource((length) => new Uint8Array(length)), 'randomness-failed'],
  ['repeats', repeating, 'randomness-repeated'],
];

/** Good once: the second draw of it is the repetition. */
function repeating(): RandomSource {
  const source = new RandomSource((length) => counting(length + 1).subarray(1));
  source.bytes(32);
  return source;
}

function everyRandomUse(provider: CryptoProvider, id: number, source: () => RandomSource) {
  const suite = provider.suite(id);
  const empty = new Uint8Array(0);
  return Promise.all([
    outcome(() => suite.generateSignatureKeyPair(source())),
    outcome(() => suite.generateKemKeyPair(source())),
    outcome(async () => {
      const { publicKey } = await suite.deriveKeyPair(counting(48));
      return suite.sealBase({ publicKey, info: empty, aad: empty, plaintext: empty }, source());
    }),
    outcome(async () => {
      const { publicKey } = await suite.deriveKeyPair(counting(48));
      const input = { publicKey, info: empty, exporterContext: empty, length: 32 };
      return suite.exportBaseSender(input, source());
    }),
  ]);
}

export const symmetricCases: readonly ConformanceCase[] = cipherSuites.flatMap((parameters) => {
  const { id, aeadKeyLength, aeadNonceLength, hash, hashLength } = parameters;
  const key = counting(aeadKeyLength);
  const nonce = counting(aeadNonceLength);
  const aad = counting(20);
  const cases: ConformanceCase[] = [
    {
      name: `suite ${id}: hash, HMAC, HKDF`,
      expected: kdfDigests[hash] ?? '',
      verdict: async (provider) => kdfDigest(provider.suite(id)),
    },
    {
      name: `suite ${id}: HKDF-Expand at its limit`,
      expected: `ok invalid-length invalid-length`,
      async verdict(provider) {
        const suite = provider.suite(id);
        const lengths = [255 * hashLength, 255 * hashLength + 1, -1];
        const answers = lengths.map((length) => outcome(() => suite.hkdfExpand(key, aad, length)));
        return (await Promise.all(answers)).join(' ');
      },
    },
    {
      name: `suite ${id}: AEAD`,
      expected:
        'ok 9 decryption-failed decryption-failed decryption-failed decryption-failed invalid-length invalid-length',
      async verdict(provider) {
        const suite = provider.suite(id);
        const sealed = await suite.aeadSeal({ key, nonce, aad, plaintext: counting(9) });
        const open = (
          change: Partial<{
            key: Uint8Array;
            nonce: Uint8Array;
            aad: Uint8Array;
            ciphertext: Uint8Array;
          }>,
        ) => suite.aeadOpen({ key, nonce, aad, ciphertext: sealed, ...change });
        const flipped = sealed.map((byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte));
        const opened = await open({});
        const answers = [
          await outcome(() => open({})),
          String(opened.length),
          await outcome(() => open({ ciphertext: flipped })),
          await outcome(() => open({ ciphertext: sealed.subarray(0, 15) })),
          await outcome(() => open({ ciphertext: new Uint8Array(0) })),
          await outcome(() => open({ aad: counting(19) })),
          await outcome(() => open({ key: counting(aeadKeyLength - 1) })),
          await outcome(() => open({ nonce: counting(aeadNonceLength + 1) })),
        ];
        return answers.join(' ');
      },
    },
    {
      name: `suite ${id}: AEAD of nothing`,
      expected: '16 0',
      async verdict(provider) {
        const suite = provider.suite(id);
        const plaintext = new Uint8Array(0);
        const ciphertext = await suite.aeadSeal({ key, nonce, aad: plaintext, plaintext });
        const opened = await suite.aeadOpen({ key, nonce, aad: plaintext, ciphertext });
        return `${ciphertext.length} ${opened.length}`;
      },
    },
  ];
  for (const [name, source, code] of badRandomness) {
    cases.push({
      name: `suite ${id}: randomness that ${name} is refused`,
      expected: [code, code, code, code].join(' '),
      verdict: async (provider) => (await everyRandomUse(provider, id, source)).join(' '),
    });
  }
  return cases;
});
