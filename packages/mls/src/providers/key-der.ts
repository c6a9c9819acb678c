import { concat, fromHex } from './bytes.ts';

/** DER prefixes that platforms want around raw keys (RFC 8410, RFC 5480, RFC 9935). */
const prefixes = {
  ed25519: {
    spki: fromHex('302a300506032b6570032100'),
    pkcs8: fromHex('302e020100300506032b657004220420'),
  },
  x25519: {
    spki: fromHex('302a300506032b656e032100'),
    pkcs8: fromHex('302e020100300506032b656e04220420'),
  },
  p256: {
    spki: fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
    pkcs8: fromHex('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420'),
  },
  mlKem768: {
    spki: fromHex('308204b2300b0609608648016503040402038204a100'),
    pkcs8: fromHex('3054020100300b060960864801650304040204428040'),
  },
};

export type KeyKind = keyof typeof prefixes;

/** SubjectPublicKeyInfo of a raw public key. */
export function spkiOf(kind: KeyKind, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(concat(prefixes[kind].spki, publicKey));
}

/** OneAsymmetricKey of a raw private key or seed. */
export function pkcs8Of(kind: KeyKind, privateKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(concat(prefixes[kind].pkcs8, privateKey));
}
