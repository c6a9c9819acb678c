import { sha256 } from '@noble/hashes/sha2.js';
import { UsageError, ValidationError, VerificationError } from './errors.ts';
import {
  ED25519_PUBLIC_KEY_BYTES,
  HASH_BYTES,
  MAX_CHALLENGE_BYTES,
  MAX_DIFFICULTY_BITS,
  MIN_CHALLENGE_BYTES,
} from './limits.ts';
import { ByteWriter } from './wire.ts';

/** The work that a server asks for before it makes an account. */
export interface ProofOfWorkTask {
  /** The server's bytes, 16 to 256. */
  readonly challenge: Uint8Array;
  /** The identity key that the work is for: it serves no other account. */
  readonly identityPublicKey: Uint8Array;
  /** Leading zero bits, 0 to 40; the expected number of hashes is 2 to this power. */
  readonly difficultyBits: number;
}

/**
 * Throws {@link VerificationError} `work-missing` unless `nonce` solves the task (IDN-9), and
 * {@link ValidationError} `bad-nonce` for what is no whole number from 0 to 2^53 - 1.
 */
export function verifyProofOfWork(task: ProofOfWorkTask, nonce: number): void {
  if (!Number.isSafeInteger(nonce) || nonce < 0) {
    throw new ValidationError('bad-nonce', 'a proof of work is a whole number');
  }
  if (!proofOfWorkTest(task)(nonce)) {
    throw new VerificationError('work-missing', 'the proof of work is not valid');
  }
}

/**
 * Makes the test whether SHA-256(prefix, 64-bit nonce) begins with enough zero bits; it reuses one
 * buffer, for a search runs it millions of times.
 */
export function proofOfWorkTest(task: ProofOfWorkTask): (nonce: number) => boolean {
  const attempt = new Uint8Array(HASH_BYTES + 8);
  attempt.set(proofOfWorkPrefix(task));
  const view = new DataView(attempt.buffer);
  return (nonce) => {
    view.setUint32(HASH_BYTES, Math.floor(nonce / 2 ** 32));
    view.setUint32(HASH_BYTES + 4, nonce >>> 0);
    return leadingZeroBits(sha256(attempt)) >= task.difficultyBits;
  };
}

/** 32 bytes that stand for the task; each attempt hashes them with its nonce. */
function proofOfWorkPrefix(task: ProofOfWorkTask): Uint8Array {
  const { challenge, identityPublicKey, difficultyBits } = task;
  if (
    !Number.isInteger(difficultyBits) ||
    difficultyBits < 0 ||
    difficultyBits > MAX_DIFFICULTY_BITS
  ) {
    throw new UsageError('bad-difficulty', `difficulty is 0 to ${MAX_DIFFICULTY_BITS} bits`);
  }
  if (challenge.length < MIN_CHALLENGE_BYTES || challenge.length > MAX_CHALLENGE_BYTES) {
    throw new ValidationError('bad-challenge', 'a challenge is too short or too long');
  }
  const writer = new ByteWriter().label('Heliogram proof of work v1');
  writer.fixed(identityPublicKey, ED25519_PUBLIC_KEY_BYTES);
  return sha256(writer.variable(challenge).u8(difficultyBits).bytes());
}

function leadingZeroBits(hash: Uint8Array): number {
  const first = hash.findIndex((byte) => byte !== 0);
  if (first === -1) return hash.length * 8;
  return first * 8 + Math.clz32(hash[first] ?? 0) - 24;
}
