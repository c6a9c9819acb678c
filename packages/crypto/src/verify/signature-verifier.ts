import { hasStrictEncoding, isStrictPublicKey } from './ed25519-encoding.ts';
import { DependencyError, VerificationError } from './errors.ts';

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
 * before it asks. A key that is no point of the curve is `false`, not an exception.
 */
export interface SignatureVerifier {
  verify(check: SignatureCheck): boolean | Promise<boolean>;
}

/**
 * One verdict everywhere: small-order keys and R, non-canonical points and S >= L are refused before
 * the platform is asked. Throws `bad-signature`, or `verifier-failed` if the platform throws.
 */
export async function verifySignature(
  verifier: SignatureVerifier,
  check: SignatureCheck,
): Promise<void> {
  if (!isStrictCheck(check) || !(await ask(verifier, check))) throw badSignature();
}

/** As {@link verifySignature}, for a verifier that answers at once. */
export function verifySignatureNow(
  verifier: { verify(check: SignatureCheck): boolean },
  check: SignatureCheck,
): void {
  if (!isStrictCheck(check) || !verifier.verify(check)) throw badSignature();
}

function isStrictCheck({ publicKey, signature }: SignatureCheck): boolean {
  return isStrictPublicKey(publicKey) && hasStrictEncoding(signature);
}

async function ask(verifier: SignatureVerifier, check: SignatureCheck): Promise<boolean> {
  try {
    return await verifier.verify(check);
  } catch {
    throw new DependencyError('verifier-failed', 'the platform could not check a signature');
  }
}

function badSignature(): VerificationError {
  return new VerificationError('bad-signature', 'the signature is not valid');
}
