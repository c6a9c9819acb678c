import { hasStrictEncoding, isStrictPublicKey } from './ed25519-encoding.ts';
import { VerificationError } from './errors.ts';

export interface SignatureCheck {
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  /** 64 bytes, RFC 8032. */
  readonly signature: Uint8Array;
}

/**
 * Ed25519 verification (RFC 8032, pure, no context, cofactorless equation) as the platform gives it.
 * Encodings need no care here: {@link verifySignature} refuses what implementations disagree on
 * before it asks.
 */
export interface SignatureVerifier {
  verify(check: SignatureCheck): boolean | Promise<boolean>;
}

/**
 * One verdict everywhere: small-order keys and R, non-canonical points and S >= L are refused before
 * the platform is asked. Throws `bad-signature`.
 */
export async function verifySignature(
  verifier: SignatureVerifier,
  check: SignatureCheck,
): Promise<void> {
  const strict = isStrictPublicKey(check.publicKey) && hasStrictEncoding(check.signature);
  if (!strict || !(await verifier.verify(check))) {
    throw new VerificationError('bad-signature', 'the signature does not hold');
  }
}
