import {
  type ChallengePurpose,
  type ChallengeTerms,
  type SignatureVerifier,
  verifyChallenge,
} from '@heliogram/crypto/verify';
import { VerificationError } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { Challenges } from './challenges.ts';
import type { Origins } from './options.ts';
import { answerRefusal, refusingAs } from './refusals.ts';

/** Stands in for the key of an unknown account, so that it costs the same; its verdict counts for nothing. */
export const DECOY_KEY: Uint8Array = Uint8Array.from(
  Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex'),
);

export type ProofParts = {
  readonly challenges: Challenges;
  readonly origins: Origins;
  readonly runtime: Runtime;
  readonly verifier: SignatureVerifier;
};

export type Proof = {
  readonly terms: ChallengeTerms;
  readonly purpose: ChallengePurpose;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
};

/** Answers to challenges, as every call that proves a key gives them. */
export class Proofs {
  readonly #parts: ProofParts;

  constructor(parts: ProofParts) {
    this.#parts = parts;
  }

  /** Uses the challenge up, whatever the answer is worth. Throws `origin_mismatch`, `challenge_invalid`. */
  redeem(request: { readonly challenge: Uint8Array; readonly origin: string }): ChallengeTerms {
    const { challenge, origin } = request;
    if (!this.#parts.origins.accepts(origin)) {
      throw new VerificationError('origin_mismatch', 'this server is not set up for this address');
    }
    return { challenge, origin, expiresAt: this.#parts.challenges.redeem(challenge) };
  }

  /** Throws `signature_invalid` unless the key answered these terms for this purpose (ACC-2). */
  async verify({ terms, purpose, publicKey, signature }: Proof): Promise<void> {
    const { runtime, verifier } = this.#parts;
    const expected = { ...terms, ...purpose };
    const now = runtime.now();
    await refusingAs(answerRefusal, () =>
      verifyChallenge({ expected, publicKey, signature, now, verifier }),
    );
  }
}
