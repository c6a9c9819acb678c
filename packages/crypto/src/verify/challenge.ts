import { sha256 } from '@noble/hashes/sha2.js';
import { UsageError, ValidationError, VerificationError } from './errors.ts';
import { type AccountId, type DeviceId, idBytes } from './ids.ts';
import {
  ACCOUNT_ID_BYTES,
  DEVICE_ID_BYTES,
  HASH_BYTES,
  LOCATOR_BYTES,
  MAX_CHALLENGE_BYTES,
  MAX_ORIGIN_BYTES,
  MIN_CHALLENGE_BYTES,
} from './limits.ts';
import { type SignatureVerifier, verifySignature } from './signature-verifier.ts';
import { ByteWriter } from './wire.ts';

/** What every answer to a server's challenge is bound to. */
export interface ChallengeTerms {
  /** The server's bytes, 16 to 256, as they came. */
  readonly challenge: Uint8Array;
  /** What the client dialled: `https://host`, lower case, port only if not the scheme's own. */
  readonly origin: string;
  /** Milliseconds since 1970 by the server's clock; the answer is void from then on. */
  readonly expiresAt: number;
}

/** What is asked of the server: each purpose is signed under a label of its own. */
export type ChallengePurpose =
  | {
      readonly purpose: 'sign-in' | 'delete-account';
      readonly accountId: AccountId;
      readonly deviceId: DeviceId;
    }
  | {
      /** `subject` is {@link subjectHash} of the statement and the vault that come with it. */
      readonly purpose: 'sign-up' | 'add-device';
      readonly accountId: AccountId;
      readonly deviceId: DeviceId;
      readonly subject: Uint8Array;
    }
  | { readonly purpose: 'find-vault'; readonly locator: Uint8Array };

export type ChallengeAnswer = ChallengeTerms & ChallengePurpose;

/** First byte and `H` keep every label apart from MLS's, which begin with "MLS 1.0 " (IDN-8). */
const LABELS = {
  'sign-in': 'Heliogram sign-in v1',
  'sign-up': 'Heliogram sign-up v1',
  'add-device': 'Heliogram add device v1',
  'find-vault': 'Heliogram find vault v1',
  'delete-account': 'Heliogram delete account v1',
} as const;

/**
 * The bytes that answer a challenge (IDN-7). Throws {@link ValidationError} `bad-challenge` or
 * `bad-origin`.
 */
export function challengeInput(answer: ChallengeAnswer): Uint8Array {
  requireTerms(answer);
  const writer = new ByteWriter()
    .label(LABELS[answer.purpose])
    .variable(answer.challenge)
    .text(answer.origin)
    .u64(answer.expiresAt);
  if (answer.purpose === 'find-vault') return writer.fixed(answer.locator, LOCATOR_BYTES).bytes();
  writer.fixed(idBytes(answer.accountId), ACCOUNT_ID_BYTES);
  writer.fixed(idBytes(answer.deviceId), DEVICE_ID_BYTES);
  return 'subject' in answer ? writer.fixed(answer.subject, HASH_BYTES).bytes() : writer.bytes();
}

/** Binds a sign-up or an added device to what comes with it: encoded statement and vault. */
export function subjectHash(statement: Uint8Array, vault: Uint8Array): Uint8Array {
  const writer = new ByteWriter().label('Heliogram request subject v1');
  return sha256(writer.fixed(sha256(statement), 32).fixed(sha256(vault), 32).bytes());
}

export interface ChallengeCheck {
  /** What the server itself asked and expects: its own challenge, origin and expiry. */
  readonly expected: ChallengeAnswer;
  /** The device's Ed25519 key, or the phrase's lookup key for `find-vault`; 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly verifier: SignatureVerifier;
}

/**
 * Verifies the answer to a challenge. That the challenge is used once, and that the device is active,
 * is the caller's to see to. Throws `challenge-expired` or `bad-signature`.
 */
export async function verifyChallenge(check: ChallengeCheck): Promise<void> {
  if (!(check.now < check.expected.expiresAt)) {
    throw new VerificationError('challenge-expired', 'the challenge has expired');
  }
  const message = challengeInput(check.expected);
  const { publicKey, signature } = check;
  await verifySignature(check.verifier, { publicKey, message, signature });
}

/** True for `http(s)://host` or `http(s)://host:port` in the form that is signed. */
export function isOrigin(text: string): boolean {
  return (
    text.length <= MAX_ORIGIN_BYTES &&
    /^https?:\/\/([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?$/.test(text)
  );
}

function requireTerms({ challenge, origin, expiresAt }: ChallengeTerms): void {
  if (challenge.length < MIN_CHALLENGE_BYTES || challenge.length > MAX_CHALLENGE_BYTES) {
    throw new ValidationError('bad-challenge', 'a challenge is too short or too long');
  }
  if (!isOrigin(origin)) throw new ValidationError('bad-origin', 'not an origin');
  if (!Number.isSafeInteger(expiresAt) || expiresAt < 0) {
    throw new UsageError('bad-time', 'an expiry is whole milliseconds');
  }
}
