/**
 * Errors by blame. `code` is stable and meant for programs, the message for people; no message
 * carries key material or content.
 */
export abstract class MlsError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The caller broke the interface's contract. */
export class UsageError extends MlsError {}

/** What arrived is malformed or breaks a rule of the protocol. */
export class ValidationError extends MlsError {}

/** What arrived does not authenticate or decrypt. */
export class VerificationError extends MlsError {}

/** Something supplied from outside (randomness, authentication, platform) failed. */
export class DependencyError extends MlsError {}

/** A broken invariant of this package. */
export class InternalError extends MlsError {}
