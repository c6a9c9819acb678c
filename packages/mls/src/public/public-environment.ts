import type { AuthenticationService } from '../authentication.ts';
import type { CryptoProvider } from '../crypto-provider.ts';
import { type Limits, limitsWith } from '../limits.ts';
import type { CheckEnvironment } from '../validation/leaf-checks.ts';

/** What following a group takes from outside; no randomness, since nothing is made. */
export interface PublicEnvironment {
  readonly provider: CryptoProvider;
  /** Now, in seconds since 1970. */
  readonly nowSeconds: bigint;
  readonly authentication: AuthenticationService;
  readonly limits?: Partial<Limits>;
  /** As the members have it. */
  readonly pathFreeProposals?: readonly number[];
}

export function checksFor(env: PublicEnvironment, cipherSuite: number): CheckEnvironment {
  return {
    crypto: env.provider.suite(cipherSuite),
    authentication: env.authentication,
    nowSeconds: env.nowSeconds,
    limits: limitsWith(env.limits),
    pathFreeProposals: env.pathFreeProposals ?? [],
  };
}
