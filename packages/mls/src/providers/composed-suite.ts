import type {
  AeadOpenInput,
  AeadSealInput,
  CipherSuite,
  ExportedSecret,
  ExportReceiverInput,
  ExportSenderInput,
  HpkeCiphertext,
  KeyPair,
  MaybePromise,
  OpenBaseInput,
  SealBaseInput,
  SuiteCrypto,
  VerifyInput,
} from '../crypto-provider.ts';
import { UsageError, ValidationError, VerificationError } from '../errors.ts';
import type { RandomSource } from '../random-source.ts';
import { p256Kem, x25519Kem } from './dhkem.ts';
import { type Hkdf, hkdfOver } from './hkdf.ts';
import { Hpke } from './hpke.ts';
import type { Kem } from './kem.ts';
import { all, chain, recovering } from './maybe-promise.ts';
import { MlKem768X25519 } from './mlkem768-x25519.ts';
import type { Platform } from './platform.ts';
import { type SignatureScheme, signatureScheme } from './signature-scheme.ts';

/** From this many signatures on, handing them to other threads pays. */
const minApart = 4;

/**
 * A suite over a platform's bare mathematics. Every check on keys, signatures and lengths is made
 * here, in the same code for every platform, so that all give the same verdict.
 */
export class ComposedSuite implements SuiteCrypto {
  readonly suite: CipherSuite;
  readonly #platform: Platform;
  readonly #hkdf: Hkdf;
  readonly #kem: Kem;
  readonly #hpke: Hpke;
  readonly #scheme: SignatureScheme;

  constructor(suite: CipherSuite, platform: Platform) {
    this.suite = suite;
    this.#platform = platform;
    this.#hkdf = suiteHkdf(suite.hash, platform);
    this.#kem = suiteKem(suite.kem, platform);
    this.#hpke = new Hpke({ suite, platform, kem: this.#kem, hkdf: this.#hkdf });
    this.#scheme = signatureScheme(suite.signature, platform);
  }

  hash(data: Uint8Array): Uint8Array {
    return this.#platform.hash(this.suite.hash, data);
  }

  hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
    return this.#hkdf.hmac(key, data);
  }

  hkdfExtract(salt: Uint8Array, inputKey: Uint8Array): Uint8Array {
    return this.#hkdf.extract(salt, inputKey);
  }

  hkdfExpand(pseudoRandomKey: Uint8Array, info: Uint8Array, length: number): Uint8Array {
    return this.#hkdf.expand(pseudoRandomKey, info, length);
  }

  aeadSeal(input: AeadSealInput): MaybePromise<Uint8Array> {
    this.#requireAeadLengths(input);
    return this.#platform.aeadSeal(this.suite.aead, input);
  }

  aeadOpen(input: AeadOpenInput): MaybePromise<Uint8Array> {
    this.#requireAeadLengths(input);
    if (input.ciphertext.length < this.suite.aeadTagLength) return refuseToOpen();
    return recovering(() => this.#platform.aeadOpen(this.suite.aead, input), refuseToOpen);
  }

  generateSignatureKeyPair(random: RandomSource): MaybePromise<KeyPair> {
    const privateKey = this.#scheme.randomPrivateKey(random);
    const publicKey = this.#scheme.curve.publicKey(privateKey);
    return chain(publicKey, (publicKey) => ({ publicKey, privateKey }));
  }

  sign(privateKey: Uint8Array, message: Uint8Array): MaybePromise<Uint8Array> {
    if (!this.#scheme.isPrivateKey(privateKey)) throw invalidPrivateKey();
    return chain(this.#scheme.curve.sign(privateKey, message), (raw) => this.#scheme.encode(raw));
  }

  verify(input: VerifyInput): MaybePromise<boolean> {
    const { curve } = this.#scheme;
    return this.#verdict(input, (decoded) => curve.verify(decoded));
  }

  verifyMany(inputs: readonly VerifyInput[]): MaybePromise<readonly boolean[]> {
    const { curve } = this.#scheme;
    if (inputs.length < minApart || curve.verifyApart === undefined) {
      return all(inputs.map((input) => this.verify(input)));
    }
    const verifyApart = curve.verifyApart.bind(curve);
    return all(inputs.map((input) => this.#verdict(input, verifyApart)));
  }

  isSignaturePublicKey(publicKey: Uint8Array): boolean {
    return this.#scheme.isPublicKey(publicKey);
  }

  deriveKeyPair(inputKey: Uint8Array): MaybePromise<KeyPair> {
    return this.#kem.deriveKeyPair(inputKey);
  }

  generateKemKeyPair(random: RandomSource): MaybePromise<KeyPair> {
    return this.#kem.generateKeyPair(random);
  }

  isKemPublicKey(publicKey: Uint8Array): boolean {
    return publicKey.length === this.suite.kemPublicKeyLength && this.#kem.isPublicKey(publicKey);
  }

  kemPublicKey(privateKey: Uint8Array): MaybePromise<Uint8Array> {
    if (!this.#kem.isPrivateKey(privateKey)) throw invalidPrivateKey();
    return this.#kem.publicKey(privateKey);
  }

  sealBase(input: SealBaseInput, random: RandomSource): MaybePromise<HpkeCiphertext> {
    this.#requireKemPublicKey(input.publicKey);
    return this.#hpke.seal(input, random);
  }

  sealBaseMany(
    inputs: readonly SealBaseInput[],
    random: RandomSource,
  ): MaybePromise<readonly HpkeCiphertext[]> {
    for (const input of inputs) this.#requireKemPublicKey(input.publicKey);
    return all(inputs.map((input) => this.#hpke.seal(input, random)));
  }

  openBase(input: OpenBaseInput): MaybePromise<Uint8Array> {
    if (!this.#mayDecapsulate(input)) return refuseToOpen();
    if (input.ciphertext.length < this.suite.aeadTagLength) return refuseToOpen();
    return recovering(() => this.#hpke.open(input), refuseToOpen);
  }

  exportBaseSender(input: ExportSenderInput, random: RandomSource): MaybePromise<ExportedSecret> {
    this.#requireKemPublicKey(input.publicKey);
    return this.#hpke.exportSender(input, random);
  }

  exportBaseReceiver(input: ExportReceiverInput): MaybePromise<Uint8Array> {
    if (!this.#mayDecapsulate(input)) return refuseToOpen();
    return recovering(() => this.#hpke.exportReceiver(input), refuseToOpen);
  }

  #verdict(
    input: VerifyInput,
    verify: (decoded: VerifyInput) => MaybePromise<boolean>,
  ): MaybePromise<boolean> {
    const signature = this.#scheme.decode(input.signature);
    if (signature === undefined || !this.#scheme.isPublicKey(input.publicKey)) return false;
    return recovering(
      () => verify({ ...input, signature }),
      () => false,
    );
  }

  #mayDecapsulate(input: { kemOutput: Uint8Array; keyPair: KeyPair }): boolean {
    const { kemOutput, keyPair } = input;
    if (!this.#kem.isPrivateKey(keyPair.privateKey)) throw invalidPrivateKey();
    return kemOutput.length === this.suite.kemOutputLength && this.#kem.isOutput(kemOutput);
  }

  #requireKemPublicKey(publicKey: Uint8Array): void {
    if (this.isKemPublicKey(publicKey)) return;
    throw new ValidationError('invalid-public-key', `Not a public key of ${this.suite.kem}`);
  }

  #requireAeadLengths({ key, nonce }: { key: Uint8Array; nonce: Uint8Array }): void {
    const { aead, aeadKeyLength, aeadNonceLength } = this.suite;
    if (key.length === aeadKeyLength && nonce.length === aeadNonceLength) return;
    throw new UsageError('invalid-length', `Key or nonce has not the length that ${aead} takes`);
  }
}

function suiteHkdf(hash: CipherSuite['hash'], platform: Platform): Hkdf {
  const [hashLength, blockLength] = hash === 'sha256' ? [32, 64] : [48, 128];
  return hkdfOver({ hashLength, blockLength, hash: (data) => platform.hash(hash, data) });
}

/** DHKEM hashes with SHA-256 whatever the suite's own hash is (RFC 9180 section 7.1). */
function suiteKem(kem: CipherSuite['kem'], platform: Platform): Kem {
  switch (kem) {
    case 'dhkem-x25519':
      return x25519Kem(platform.x25519, suiteHkdf('sha256', platform));
    case 'dhkem-p256':
      return p256Kem(platform.p256, suiteHkdf('sha256', platform));
    case 'mlkem768-x25519':
      return new MlKem768X25519(platform);
  }
}

function refuseToOpen(cause?: unknown): never {
  throw new VerificationError('decryption-failed', 'The ciphertext does not open', { cause });
}

function invalidPrivateKey(): ValidationError {
  return new ValidationError('invalid-private-key', 'Not a private key of this suite');
}
