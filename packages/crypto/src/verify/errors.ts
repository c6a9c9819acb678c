/** Every failure of this package says whose fault it is by its class and what happened by its `code`. */
abstract class CryptoError extends Error {
  /** Stable, kebab-case; safe to show and to log. */
  readonly code: string;
  /** True when the same call may succeed later without any change. */
  readonly retryable: boolean = false;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The caller broke the contract of a function. */
export class UsageError extends CryptoError {
  override readonly name = 'UsageError';
}

/** The input is not what it claims to be: wrong shape, size or encoding. */
export class ValidationError extends CryptoError {
  override readonly name: string = 'ValidationError';
}

/** The input has the right shape, but what it proves does not hold. */
export class VerificationError extends CryptoError {
  override readonly name = 'VerificationError';
}

/** A port that the caller supplied failed. */
export class DependencyError extends CryptoError {
  override readonly name = 'DependencyError';
}
