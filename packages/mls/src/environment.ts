import type { AuthenticationService } from './authentication.ts';
import type { CryptoProvider, MaybePromise, SuiteCrypto } from './crypto-provider.ts';
import { UsageError } from './errors.ts';
import type { Limits } from './limits.ts';
import { limitsWith } from './limits.ts';
import type { RandomSource } from './random-source.ts';
import type { CheckEnvironment } from './validation/leaf-checks.ts';

/** Answers with an external PSK, or a resumption PSK of a group other than the one at hand. */
export interface PskStore {
  find(reference: PskLookup): MaybePromise<Uint8Array | undefined>;
}

export type PskLookup =
  | { readonly kind: 'external'; readonly id: Uint8Array }
  | { readonly kind: 'resumption'; readonly groupId: Uint8Array; readonly epoch: bigint };

/** Everything an operation takes from outside. */
export interface Environment {
  readonly provider: CryptoProvider;
  readonly random: RandomSource;
  /** Now, in seconds since 1970. */
  readonly nowSeconds: bigint;
  readonly authentication: AuthenticationService;
  readonly psks?: PskStore;
  readonly limits?: Partial<Limits>;
  /**
   * Custom proposal types whose commits need no update path ("Path Required: no" of RFC 9420
   * section 17.4); all others need one. All members, and who follows the group, must agree on it.
   */
  readonly pathFreeProposals?: readonly number[];
  /**
   * Whether proposals and commits may travel encrypted; default `allowed`. Where the delivery service
   * checks handshakes, `refused` keeps a member from sending it one that it cannot read.
   */
  readonly privateHandshakes?: 'allowed' | 'refused';
}

/** An environment with the suite of one group chosen. */
export interface GroupEnvironment extends CheckEnvironment {
  readonly crypto: SuiteCrypto;
  readonly random: RandomSource;
  readonly nowSeconds: bigint;
  readonly psks: PskStore | undefined;
  readonly privateHandshakes: 'allowed' | 'refused';
}

/** @throws UsageError `unsupported-cipher-suite`, `invalid-time` or `invalid-limit`. */
export function forSuite(env: Environment, cipherSuite: number): GroupEnvironment {
  if (env.nowSeconds < 0n) throw new UsageError('invalid-time', 'Time must not be negative');
  return {
    crypto: env.provider.suite(cipherSuite),
    random: env.random,
    nowSeconds: env.nowSeconds,
    authentication: env.authentication,
    psks: env.psks,
    limits: limitsWith(env.limits),
    pathFreeProposals: env.pathFreeProposals ?? [],
    privateHandshakes: env.privateHandshakes ?? 'allowed',
  };
}
