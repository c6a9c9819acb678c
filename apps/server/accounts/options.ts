import type { SignatureVerifier } from '@heliogram/crypto/verify';
import type { AccountId, DeviceId } from '@heliogram/protocol';
import type { Notices } from '../conversations/notices.ts';
import type { Sessions } from '../gateway/sessions.ts';
import type { Runtime } from '../runtime.ts';
import type { Database, Storage } from '../storage/port.ts';

export type AccountsOptions = {
  readonly storage: Storage;
  readonly runtime: Runtime;
  readonly sessions: Sessions;
  readonly notices: Notices;
  readonly verifier: SignatureVerifier;
  readonly registration: Registration;
  readonly origins: Origins;
  /** Whether a device holds a connection now. */
  readonly isLive: (deviceId: DeviceId) => boolean;
  readonly avatars: AvatarClaims;
  /** In this order, each before the account's own rows go. */
  readonly onAccountDeleted: readonly AccountDeletionHook[];
  /** Hears what fails after its caller was answered. */
  readonly report: (error: unknown) => void;
};

export type Registration = {
  readonly policy: 'open' | 'invite' | 'closed';
  /** Leading zero bits of a sign-up's proof of work, 0 to 40. */
  readonly difficultyBits: number;
  /** Sign-up invites that a new account may create. */
  readonly invitesPerAccount: number;
};

export interface Origins {
  /** Whether clients reach this server under the origin: `https://host` as they dialled it. */
  accepts(origin: string): boolean;
}

/** How media keep an avatar's file alive. */
export interface AvatarClaims {
  /**
   * Within the transaction that writes it to the profile: lets go of `previous`, takes `mediaId`
   * (either may be empty). Throws `not_found` or `media_rejected` unless it is an image of this account.
   */
  claimAccountAvatar(
    database: Database,
    claim: { readonly account: number; readonly mediaId: string; readonly previous: string },
  ): Promise<void>;
}

export type DeletedAccount = {
  /** Row id; never given to another account. */
  readonly account: number;
  readonly accountId: AccountId;
};

/** Removes what a room keeps of an account. Runs again after a crash: a second run finds less to do. */
export type AccountDeletionHook = (deleted: DeletedAccount) => Promise<void>;
