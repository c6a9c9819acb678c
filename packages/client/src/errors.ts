import { ContentError } from '@heliogram/content';
import {
  DependencyError,
  HeliogramError,
  InternalError,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';

/** Codes of `@heliogram/crypto` that mean more to a caller than "does not hold". */
const CRYPTO_CODES = new Map<string, 'phrase_invalid' | 'vault_stale' | 'device_revoked'>([
  ['unknown-word', 'phrase_invalid'],
  ['wrong-word-count', 'phrase_invalid'],
  ['wrong-checksum', 'phrase_invalid'],
  ['opener-unknown', 'phrase_invalid'],
  ['vault-stale', 'vault_stale'],
  ['device-revoked', 'device_revoked'],
]);

/** Any failure as one with a code of the contract; errors of other packages keep their message. */
export function asHeliogramError(error: unknown): HeliogramError {
  if (error instanceof HeliogramError) return error;
  if (error instanceof ContentError) {
    const code = error.code.includes('too-l') ? 'too_large' : 'invalid_argument';
    return new ValidationError(code, error.message, { cause: error });
  }
  if (!(error instanceof Error)) return new InternalError('an unknown error occurred');
  return cryptoError(error) ?? new InternalError(error.message, { cause: error });
}

/** What fetch throws is the network's doing, whatever it is called. */
export function connectionLost(cause: unknown): never {
  throw new DependencyError('unavailable', 'the connection to the server was lost', { cause });
}

function cryptoError(error: Error): HeliogramError | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const options = { cause: error };
  const known = CRYPTO_CODES.get(code);
  if (known !== undefined) return new VerificationError(known, error.message, options);
  if (error.name === 'VerificationError') {
    return new VerificationError('signature_invalid', error.message, options);
  }
  if (error.name === 'ValidationError') {
    return new ValidationError('invalid_argument', error.message, options);
  }
  return undefined;
}
