import type { KeyPair, MaybePromise } from '../crypto-provider.ts';
import { InternalError } from '../errors.ts';
import type { RandomSource } from '../random-source.ts';
import { ascii, concat, uint16 } from './bytes.ts';
import type { Hkdf } from './hkdf.ts';
import type { Kem, KemResult } from './kem.ts';
import { type LabeledHkdf, labeledHkdf } from './labeled-hkdf.ts';
import { chain } from './maybe-promise.ts';
import { isP256PublicKey, isP256Scalar } from './p256-encoding.ts';
import type { DiffieHellman } from './platform.ts';
import { isX25519PublicKey } from './x25519-encoding.ts';

const secretLength = 32;
const nothing = new Uint8Array(0);

interface Curve {
  readonly id: number;
  readonly isPublicKey: (key: Uint8Array) => boolean;
  readonly isPrivateKey: (key: Uint8Array) => boolean;
  /** The private key of RFC 9180 section 7.1.3 for an extracted `dkp_prk`. */
  readonly derivePrivateKey: (kdf: LabeledHkdf, secret: Uint8Array) => Uint8Array;
  /** A fresh private key. */
  readonly randomPrivateKey: (derive: PrivateKeyDerivation, random: RandomSource) => Uint8Array;
}

type PrivateKeyDerivation = (inputKey: Uint8Array) => Uint8Array;

const x25519: Curve = {
  id: 0x0020,
  isPublicKey: isX25519PublicKey,
  isPrivateKey: (key) => key.length === secretLength,
  derivePrivateKey: (kdf, secret) =>
    kdf.expand({ secret, label: 'sk', info: nothing, length: secretLength }),
  randomPrivateKey: (_derive, random) => random.bytes(secretLength),
};

const p256: Curve = {
  id: 0x0010,
  isPublicKey: isP256PublicKey,
  isPrivateKey: isP256Scalar,
  derivePrivateKey: deriveP256Scalar,
  randomPrivateKey: (derive, random) => derive(random.bytes(secretLength)),
};

/** DHKEM(X25519, HKDF-SHA256) of RFC 9180 section 4.1. */
export function x25519Kem(dh: DiffieHellman, hkdf: Hkdf): Kem {
  return new DhKem(x25519, dh, hkdf);
}

/** DHKEM(P-256, HKDF-SHA256) of RFC 9180 section 4.1. */
export function p256Kem(dh: DiffieHellman, hkdf: Hkdf): Kem {
  return new DhKem(p256, dh, hkdf);
}

class DhKem implements Kem {
  readonly id: number;
  readonly #curve: Curve;
  readonly #dh: DiffieHellman;
  readonly #kdf: LabeledHkdf;

  constructor(curve: Curve, dh: DiffieHellman, hkdf: Hkdf) {
    this.id = curve.id;
    this.#curve = curve;
    this.#dh = dh;
    this.#kdf = labeledHkdf(hkdf, concat(ascii('KEM'), uint16(curve.id)));
  }

  isPublicKey(publicKey: Uint8Array): boolean {
    return this.#curve.isPublicKey(publicKey);
  }

  isPrivateKey(privateKey: Uint8Array): boolean {
    return this.#curve.isPrivateKey(privateKey);
  }

  isOutput(kemOutput: Uint8Array): boolean {
    return this.#curve.isPublicKey(kemOutput);
  }

  publicKey(privateKey: Uint8Array): MaybePromise<Uint8Array> {
    return this.#dh.publicKey(privateKey);
  }

  deriveKeyPair(inputKey: Uint8Array): MaybePromise<KeyPair> {
    return this.#keyPair(this.#derivePrivateKey(inputKey));
  }

  generateKeyPair(random: RandomSource): MaybePromise<KeyPair> {
    return this.#keyPair(this.#randomPrivateKey(random));
  }

  encapsulate(publicKey: Uint8Array, random: RandomSource): MaybePromise<KemResult> {
    const ephemeral = this.#randomPrivateKey(random);
    return chain(this.#dh.publicKeyAndAgree(ephemeral, publicKey), (result) => {
      ephemeral.fill(0);
      const context = concat(result.publicKey, publicKey);
      return {
        kemOutput: result.publicKey,
        shared: this.#extractAndExpand(result.shared, context),
      };
    });
  }

  decapsulate(kemOutput: Uint8Array, keyPair: KeyPair): MaybePromise<Uint8Array> {
    return chain(this.#dh.agree(keyPair.privateKey, kemOutput), (shared) =>
      this.#extractAndExpand(shared, concat(kemOutput, keyPair.publicKey)),
    );
  }

  #extractAndExpand(shared: Uint8Array, info: Uint8Array): Uint8Array {
    const secret = this.#kdf.extract(nothing, 'eae_prk', shared);
    shared.fill(0);
    return this.#kdf.expand({ secret, label: 'shared_secret', info, length: secretLength });
  }

  #derivePrivateKey(inputKey: Uint8Array): Uint8Array {
    const secret = this.#kdf.extract(nothing, 'dkp_prk', inputKey);
    return this.#curve.derivePrivateKey(this.#kdf, secret);
  }

  #randomPrivateKey(random: RandomSource): Uint8Array {
    return this.#curve.randomPrivateKey((inputKey) => this.#derivePrivateKey(inputKey), random);
  }

  #keyPair(privateKey: Uint8Array): MaybePromise<KeyPair> {
    return chain(this.#dh.publicKey(privateKey), (publicKey) => ({ publicKey, privateKey }));
  }
}

function deriveP256Scalar(kdf: LabeledHkdf, secret: Uint8Array): Uint8Array {
  for (let counter = 0; counter < 256; counter++) {
    const info = Uint8Array.of(counter);
    const scalar = kdf.expand({ secret, label: 'candidate', info, length: secretLength });
    if (isP256Scalar(scalar)) return scalar;
  }
  // RFC 9180 section 7.1.3 DeriveKeyPairError: 256 candidates beyond the order do not happen.
  throw new InternalError('derive-key-pair', 'No candidate is a scalar of P-256');
}
