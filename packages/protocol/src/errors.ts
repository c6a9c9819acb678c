/**
 * Who is to blame decides what a caller does next:
 * usage (the caller's program), validation (the caller's input), verification (a signature, permission
 * or secret that does not hold), dependency (something outside, worth a retry), internal (us).
 */
export type Blame = 'usage' | 'validation' | 'verification' | 'dependency' | 'internal';

type CodeFacts = { readonly blame: Blame; readonly http: number; readonly retry: boolean };

const validation = (http = 400) => ({ blame: 'validation', http, retry: false }) as const;
const verification = (http = 403) => ({ blame: 'verification', http, retry: false }) as const;

/** Every error code on the wire and in `--json`. Stable: codes are added, never renamed. */
export const ERROR_CODES = {
  usage: { blame: 'usage', http: 400, retry: false },
  invalid_argument: validation(),
  malformed: validation(),
  too_large: validation(413),
  limit_reached: validation(409),
  quota_exceeded: validation(507),
  not_found: validation(404),
  already_exists: validation(409),
  conflict: validation(409),
  gone: validation(410),
  username_invalid: validation(),
  username_taken: validation(409),
  unsupported: validation(501),
  version_unsupported: validation(400),
  media_rejected: validation(415),
  upload_incomplete: validation(409),
  unauthenticated: verification(401),
  challenge_invalid: verification(401),
  signature_invalid: verification(401),
  origin_mismatch: verification(401),
  device_revoked: verification(401),
  forbidden: verification(403),
  suspended: verification(403),
  taken_down: verification(403),
  registration_closed: verification(403),
  invite_invalid: verification(403),
  proof_of_work_invalid: verification(403),
  phrase_invalid: verification(403),
  vault_stale: verification(409),
  statement_invalid: verification(400),
  rate_limited: { blame: 'validation', http: 429, retry: true },
  unavailable: { blame: 'dependency', http: 503, retry: true },
  storage_full: { blame: 'dependency', http: 507, retry: true },
  timeout: { blame: 'dependency', http: 504, retry: true },
  draining: { blame: 'dependency', http: 503, retry: true },
  interrupted: { blame: 'dependency', http: 499, retry: true },
  internal: { blame: 'internal', http: 500, retry: false },
} as const satisfies Record<string, CodeFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

/** Base of every expected failure: `code` is stable, `message` is one sentence for people. */
export class HeliogramError extends Error {
  readonly code: ErrorCode;
  /** Milliseconds after which trying again makes sense; absent: no promise. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number },
  ) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs;
  }

  get blame(): Blame {
    return ERROR_CODES[this.code].blame;
  }

  /** Whether the same call can succeed later without being changed. */
  get retry(): boolean {
    return ERROR_CODES[this.code].retry;
  }
}

export type CodeOf<B extends Blame> = {
  [C in ErrorCode]: (typeof ERROR_CODES)[C]['blame'] extends B ? C : never;
}[ErrorCode];

export class UsageError extends HeliogramError {
  constructor(message: string, options?: ErrorOptions) {
    super('usage', message, options);
  }
}

export class ValidationError extends HeliogramError {
  constructor(
    code: CodeOf<'validation'>,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number },
  ) {
    super(code, message, options);
  }
}

export class VerificationError extends HeliogramError {
  constructor(code: CodeOf<'verification'>, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

export class DependencyError extends HeliogramError {
  constructor(
    code: CodeOf<'dependency'>,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number },
  ) {
    super(code, message, options);
  }
}

export class InternalError extends HeliogramError {
  constructor(message: string, options?: ErrorOptions) {
    super('internal', message, options);
  }
}

/** The error that a code stands for, as another side reported it. Unknown codes are internal. */
export function errorFromCode(
  code: string,
  message: string,
  options?: ErrorOptions & { retryAfterMs?: number },
): HeliogramError {
  return new HeliogramError(isErrorCode(code) ? code : 'internal', message, options);
}
