import assert from 'node:assert/strict';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  decapsulate,
  diffieHellman,
} from 'node:crypto';
import { test } from 'node:test';
import { shake256 } from '@noble/hashes/sha3.js';
import { ml_kem768_x25519 as xWing } from '@noble/post-quantum/hybrid.js';
import { flipBit } from '../tests/account-world.ts';
import { expectError, unverified } from '../tests/expect-error.ts';
import { seededRandom } from '../tests/seeded-random.ts';
import { open, seal, unwrapKey, wrapKey, xWingPublicKey } from './key-wrap.ts';

const random = seededRandom('key wrap');
const seed = random(32);
const publicKey = xWingPublicKey(seed);
const key = random(32);
const context = (ciphertext: Uint8Array) => ciphertext.subarray(0, 4);

test('IDN-22: X-Wing is what OpenSSL makes of its parts', () => {
  const expanded = Buffer.from(shake256(seed, { dkLen: 96 }));
  const { cipherText, sharedSecret } = xWing.encapsulate(publicKey, random(64));
  const kem = createPrivateKey({
    key: mlKemPkcs8(expanded.subarray(0, 64)),
    format: 'der',
    type: 'pkcs8',
  });
  const pqSecret = decapsulate(kem, cipherText.subarray(0, 1088));
  const ecdh = createPrivateKey({
    key: x25519Pkcs8(expanded.subarray(64)),
    format: 'der',
    type: 'pkcs8',
  });
  const x = Buffer.from(cipherText.subarray(1088)).toString('base64url');
  const peer = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
  const ecSecret = diffieHellman({ privateKey: ecdh, publicKey: peer });
  const combined = createHash('sha3-256')
    .update(pqSecret)
    .update(ecSecret)
    .update(cipherText.subarray(1088))
    .update(publicKey.subarray(1184))
    .update('\\.//^\\')
    .digest('hex');
  assert.equal(Buffer.from(sharedSecret).toString('hex'), combined);
});

test('IDN-22: a wrapped key opens for its seed and context, and for nothing else', async () => {
  const wrapped = wrapKey({ key, publicKey, context, random });
  assert.deepEqual(unwrapKey(seed, wrapped, context), key);
  const refused = unverified('vault-not-opened');
  await expectError(refused, () => unwrapKey(random(32), wrapped, context));
  await expectError(refused, () => unwrapKey(seed, wrapped, () => random(4)));
  for (const at of [0, 500, 1087, 1088, 1119]) {
    const turned = { ...wrapped, ciphertext: flipBit(wrapped.ciphertext, at) };
    await expectError(refused, () => unwrapKey(seed, turned, () => context(wrapped.ciphertext)));
  }
  for (let at = 0; at < 48; at++) {
    const turned = { ...wrapped, wrappedKey: flipBit(wrapped.wrappedKey, at) };
    await expectError(refused, () => unwrapKey(seed, turned, context));
  }
});

test('IDN-22: an X25519 share of small order is refused by its error, not by an exception', async () => {
  const wrapped = wrapKey({ key, publicKey, context, random });
  const ciphertext = Uint8Array.from(wrapped.ciphertext).fill(0, 1088);
  await expectError(unverified('vault-not-opened'), () =>
    unwrapKey(seed, { ...wrapped, ciphertext }, context),
  );
});

test('IDN-22: what is sealed opens under its key and context only', async () => {
  const sealed = seal(key, Uint8Array.of(1, 2, 3), random(5));
  await expectError(unverified('vault-not-opened'), () => open(key, sealed, random(5)));
  const same = seal(key, Uint8Array.of(1, 2, 3), Uint8Array.of(9));
  assert.deepEqual(open(key, same, Uint8Array.of(9)), Uint8Array.of(1, 2, 3));
  await expectError(unverified('vault-not-opened'), () => open(key, new Uint8Array(3), key));
});

/** PKCS #8 around a 64-byte ML-KEM-768 seed (RFC 9935). */
function mlKemPkcs8(kemSeed: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from('3054020100300b06096086480165030404020442' + '8040', 'hex'),
    kemSeed,
  ]);
}

/** PKCS #8 around a 32-byte X25519 key (RFC 8410). */
function x25519Pkcs8(scalar: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), scalar]);
}
