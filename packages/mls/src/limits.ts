import { UsageError } from './errors.ts';

/** Bounds on what a group may cost. Sizes in bytes unless named otherwise. */
export interface Limits {
  /** Leaf positions of a tree. */
  readonly maxLeaves: number;
  /** One message as it arrives. */
  readonly maxMessageBytes: number;
  /** How far ahead of a sender's ratchet a message may be; bounds the hashing it can cause. */
  readonly maxForwardGenerations: number;
  /** Keys kept for messages that were overtaken, per sender and content type. */
  readonly maxSkippedKeys: number;
  /** Earlier epochs whose messages can still be read. */
  readonly maxPastEpochs: number;
  /** How many messages of one sender a sealed epoch is read up to; bounds hashing there. */
  readonly maxSealedGenerations: number;
  readonly maxPendingProposals: number;
  readonly maxProposalsPerCommit: number;
  /** Of one commit or welcome; each costs three HMACs. */
  readonly maxPsks: number;
  readonly maxExtensions: number;
  /** Entries of each capability list of a leaf. */
  readonly maxCapabilities: number;
  /** From the first to the last second of a leaf's lifetime. */
  readonly maxLifetimeSeconds: number;
}

export const defaultLimits: Limits = {
  maxLeaves: 4096,
  maxMessageBytes: 16 * 1024 * 1024,
  maxForwardGenerations: 1024,
  maxSkippedKeys: 256,
  maxPastEpochs: 3,
  maxSealedGenerations: 65_536,
  maxPendingProposals: 1024,
  maxProposalsPerCommit: 4096,
  maxPsks: 64,
  maxExtensions: 64,
  maxCapabilities: 256,
  maxLifetimeSeconds: 100 * 24 * 3600,
};

/** @throws UsageError `invalid-limit` for what is neither a non-negative integer nor infinite. */
export function limitsWith(changes: Partial<Limits> = {}): Limits {
  const limits = { ...defaultLimits, ...changes };
  for (const value of Object.values(limits)) {
    if (value < 0 || !(Number.isSafeInteger(value) || value === Number.POSITIVE_INFINITY)) {
      throw new UsageError('invalid-limit', 'A limit must be a non-negative integer or infinite');
    }
  }
  return limits;
}
