import type { Credential } from './credentials/credential.ts';
import type { MaybePromise } from './crypto-provider.ts';
import type { Lifetime } from './tree/leaf-node.ts';

/** A leaf whose credential the application is asked about. */
export interface LeafIdentity {
  readonly credential: Credential;
  readonly signatureKey: Uint8Array;
  /**
   * Of a leaf from a key package. Section 7.2 wants applications to refuse longer lifetimes than they
   * can accept; whether it has begun and not ended is checked before asking.
   */
  readonly lifetime?: Lifetime;
}

/** Why the application is asked: it may hold a replacement to stricter rules than a newcomer. */
export type AuthenticationReason =
  | { readonly kind: 'member' }
  | { readonly kind: 'added' }
  | { readonly kind: 'replaces'; readonly former: LeafIdentity }
  | { readonly kind: 'external_sender' };

/**
 * The authentication service of RFC 9420 section 5.3.1: decides whether a credential speaks for a
 * signature key. The application decides, and may remember its answers; a refusal refuses the whole
 * message that brought the leaf.
 */
export interface AuthenticationService {
  accepts(leaf: LeafIdentity, reason: AuthenticationReason): MaybePromise<boolean>;
}

/** Accepts every credential: for tests, and for applications that check members elsewhere. */
export const unsafeAcceptAllCredentials: AuthenticationService = { accepts: () => true };
