import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import type { CryptoProvider, VerifyInput } from '../src/crypto-provider.ts';
import { createNobleProvider } from '../src/providers/noble.ts';
import { createNodeProvider } from '../src/providers/node.ts';
import { createWebProvider } from '../src/providers/web.ts';
import { RandomSource } from '../src/random-source.ts';
import { allCases } from './conformance/all-cases.ts';
import { expectations, verdicts } from './conformance/case.ts';
import { onlyCofactoredValid } from './conformance/ed25519-cases.ts';
import { seededRandom } from './conformance/seeded-random.ts';

const providers: readonly (readonly [string, () => CryptoProvider | Promise<CryptoProvider>])[] = [
  ['noble', createNobleProvider],
  ['node', createNodeProvider],
  ['web', () => createWebProvider(crypto.subtle)],
];

for (const [name, create] of providers) {
  test(`${name} gives the expected verdict on every crafted input`, async () => {
    assert.deepEqual(await verdicts(allCases, await create()), expectations(allCases));
  });
}

test('the crafted signatures are ones on which libraries differ by default', () => {
  const { publicKey, signature, message } = onlyCofactoredValid;
  assert.equal(ed25519.verify(signature, message, publicKey, { zip215: false }), true);
});

test('what one provider seals and signs, every other opens and verifies', async () => {
  const all = await Promise.all(providers.map(([, create]) => create()));
  const message = Uint8Array.of(1, 2, 3);
  for (const sender of all) {
    for (const receiver of all) {
      for (const id of sender.supportedSuites) {
        const ours = sender.suite(id);
        const theirs = receiver.suite(id);
        const random = seededRandom(`${sender.name} ${receiver.name} ${id}`);
        const keyPair = await theirs.generateKemKeyPair(random);
        const { publicKey } = keyPair;
        const sealed = await ours.sealBase(
          { publicKey, info: message, aad: message, plaintext: message },
          random,
        );
        const opening = { keyPair, info: message, aad: message, ...sealed };
        assert.deepEqual(await theirs.openBase(opening), message);
        const signing = await theirs.generateSignatureKeyPair(random);
        const signature = await ours.sign(signing.privateKey, message);
        assert.equal(
          await theirs.verify({ publicKey: signing.publicKey, message, signature }),
          true,
        );
      }
    }
  }
});

test('a source that is not reproducible still seals on every provider', async () => {
  const message = Uint8Array.of(4);
  for (const [, create] of providers) {
    const provider = await create();
    for (const id of provider.supportedSuites) {
      const suite = provider.suite(id);
      const seeded = seededRandom('not reproducible');
      const random = new RandomSource((length) => seeded.bytes(length));
      const keyPair = await suite.generateKemKeyPair(random);
      const input = {
        publicKey: keyPair.publicKey,
        info: message,
        aad: message,
        plaintext: message,
      };
      const [sealed] = await suite.sealBaseMany([input], random);
      assert.ok(sealed);
      assert.deepEqual(
        await suite.openBase({ keyPair, info: message, aad: message, ...sealed }),
        message,
      );
    }
  }
});

test('a provider that remembers signers gives the same verdicts again, and beyond its memory', async () => {
  const suite = createNodeProvider().suite(1);
  const random = seededRandom('many signers');
  const message = Uint8Array.of(1);
  const signed: VerifyInput[] = [];
  for (let count = 0; count < 700; count++) {
    const { publicKey, privateKey } = await suite.generateSignatureKeyPair(random);
    signed.push({ publicKey, message, signature: await suite.sign(privateKey, message) });
  }
  for (let round = 0; round < 2; round++) {
    for (const [position, input] of signed.entries()) {
      assert.equal(await suite.verify(input), true);
      const { publicKey } = signed[(position + 1) % signed.length] ?? input;
      assert.equal(await suite.verify({ ...input, publicKey }), false);
    }
  }
});

test('an unknown suite is the caller’s mistake', () => {
  assert.throws(() => createNobleProvider().suite(0xffff), { code: 'unsupported-cipher-suite' });
});
