import * as crypto from '@heliogram/crypto/verify';
import {
  type HeliogramError,
  InternalError,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';

/** The contract's error for a statement that does not hold (ACC-43). */
export function statementRefusal(error: unknown): HeliogramError {
  const { code, message } = cryptoFailure(error);
  if (code === 'list-gap') {
    return new ValidationError('conflict', 'the device list has changed: fetch it and try again');
  }
  if (code === 'too-many-devices' || code === 'list-too-long') {
    return new ValidationError('limit_reached', message);
  }
  return new VerificationError('statement_invalid', message);
}

/** The contract's error for a vault that may not replace the stored one (ACC-51). */
export function vaultRefusal(error: unknown): HeliogramError {
  const { code, message } = cryptoFailure(error);
  if (code === 'vault-revision' || code === 'vault-stale') {
    return new VerificationError('vault_stale', 'the vault has changed: fetch it and try again');
  }
  return new ValidationError('invalid_argument', message);
}

/** The contract's error for an answer to a challenge. */
export function answerRefusal(error: unknown): HeliogramError {
  const { code } = cryptoFailure(error);
  if (code === 'challenge-expired') {
    return new VerificationError(
      'challenge_invalid',
      'the challenge has expired: request a new one',
    );
  }
  return code === 'bad-signature'
    ? signatureInvalid()
    : new ValidationError('invalid_argument', 'the answer to the challenge is malformed');
}

/** One answer for an unknown account, an unknown device and a wrong signature (ACC-3). */
export function signatureInvalid(): VerificationError {
  return new VerificationError(
    'signature_invalid',
    'the signature is not from a device of this account',
  );
}

/** Runs what may refuse and gives its refusal the contract's name. */
export async function refusingAs<T>(
  refusal: (error: unknown) => HeliogramError,
  run: () => T | Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw refusal(error);
  }
}

function cryptoFailure(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof crypto.ValidationError || error instanceof crypto.VerificationError) {
    return error;
  }
  throw new InternalError('a signature could not be checked', { cause: error });
}
