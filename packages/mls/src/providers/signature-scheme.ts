import type { SignatureName } from '../crypto-provider.ts';
import { DependencyError } from '../errors.ts';
import type { RandomSource } from '../random-source.ts';
import { isEd25519Point, isEd25519Signature } from './ed25519-encoding.ts';
import {
  ecdsaSignatureFromDer,
  ecdsaSignatureToDer,
  isP256PublicKey,
  isP256Scalar,
} from './p256-encoding.ts';
import type { Platform, Signatures } from './platform.ts';

/** A curve's signatures with the checks and encodings that MLS puts around them. */
export interface SignatureScheme {
  readonly curve: Signatures;
  isPublicKey(publicKey: Uint8Array): boolean;
  isPrivateKey(privateKey: Uint8Array): boolean;
  randomPrivateKey(random: RandomSource): Uint8Array;
  /** From the curve's 64 bytes to what goes on the wire. */
  encode(signature: Uint8Array): Uint8Array;
  /** Back again; nothing for what is not canonical. */
  decode(signature: Uint8Array): Uint8Array | undefined;
}

export function signatureScheme(name: SignatureName, platform: Platform): SignatureScheme {
  return name === 'ed25519' ? ed25519Scheme(platform) : ecdsaP256Scheme(platform);
}

function ed25519Scheme(platform: Platform): SignatureScheme {
  return {
    curve: platform.ed25519,
    isPublicKey: isEd25519Point,
    isPrivateKey: (privateKey) => privateKey.length === 32,
    randomPrivateKey: (random) => random.bytes(32),
    encode: (signature) => signature,
    decode: (signature) => (isEd25519Signature(signature) ? signature : undefined),
  };
}

function ecdsaP256Scheme(platform: Platform): SignatureScheme {
  return {
    curve: platform.ecdsaP256,
    isPublicKey: isP256PublicKey,
    isPrivateKey: isP256Scalar,
    randomPrivateKey: randomP256Scalar,
    encode: ecdsaSignatureToDer,
    decode: ecdsaSignatureFromDer,
  };
}

/** Rejection sampling; one draw in 2^32 is beyond the order, so four in a row are no chance. */
function randomP256Scalar(random: RandomSource): Uint8Array {
  for (let attempt = 0; attempt < 4; attempt++) {
    const scalar = random.bytes(32);
    if (isP256Scalar(scalar)) return scalar;
  }
  throw new DependencyError('randomness-failed', 'The random generator is not uniform');
}
