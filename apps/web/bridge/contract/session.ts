/** Who uses this browser, and how it stands with the server. */

export interface ProfileView {
  readonly accountId: string;
  readonly name: string;
  /** Without `@`; empty when none was chosen. */
  readonly username: string;
  readonly bio: string;
  /** Path on this origin; absent without a picture. */
  readonly avatarUrl?: string;
}

export interface ServerView {
  readonly name: string;
  readonly origin: string;
  readonly version: string;
  readonly registration: 'open' | 'invite' | 'closed';
  readonly maxUploadBytes: number;
}

export interface FailureView {
  /** A code of docs/protocol/errors.md, or `interrupted`. */
  readonly code: string;
  /** For people who look closer, in English; views speak by `code`. */
  readonly message: string;
  /** Trying the same again can help. */
  readonly retry: boolean;
}

export type Reach =
  /** Everything is live. */
  | 'online'
  | 'connecting'
  /** The last attempts failed; what was read before is still there. */
  | 'offline';

/** What the app cannot be without: where keys are kept, or the locks by which tabs agree. */
export type Blocked = 'keys' | 'locks';

/** An account that was asked for and never answered: maybe it is there. Asked for again it is the same. */
export interface UnfinishedSignUp {
  readonly name: string;
  readonly username: string;
}

export type SessionView =
  /** Keys and store are being opened; `blocked`: this browser does not let them be. */
  | { readonly phase: 'starting'; readonly blocked?: Blocked }
  | {
      readonly phase: 'signed-out';
      readonly reach: Reach;
      /** Absent until the server has answered once. */
      readonly server?: ServerView;
      /** Why the account that was here is here no more: revoked, suspended, deleted elsewhere. */
      readonly ended?: FailureView;
      readonly unfinished?: UnfinishedSignUp;
    }
  | {
      readonly phase: 'signed-in';
      readonly reach: Reach;
      readonly server?: ServerView;
      readonly me: ProfileView;
      readonly deviceId: string;
      /** False: whoever loses this device loses the account. */
      readonly phraseConfirmed: boolean;
      /** False: this browser keeps nothing beyond this tab. */
      readonly persistent: boolean;
      /**
       * The server does not let this device in, mostly as the account is suspended: what is here can be read.
       * `gone`: the server has no such account. Nothing here is erased for that until a person says so.
       */
      readonly suspended?: FailureView;
      /** Devices that were added elsewhere and that nobody here has looked at yet. */
      readonly newDevices: readonly DeviceView[];
    };

export interface DeviceView {
  readonly deviceId: string;
  readonly name: string;
  readonly addedAt: number;
  /** To the minute, as the server says. */
  readonly lastActiveAt?: number;
  readonly current: boolean;
}

export interface SessionCommands {
  readonly signUp: {
    readonly args: {
      readonly name: string;
      readonly username?: string;
      readonly invite?: string;
      readonly deviceName: string;
    };
    /** 24 words, told this once. */
    readonly result: { readonly recoveryPhrase: string };
  };
  /** The three words were right. */
  readonly confirmPhrase: { readonly args: null; readonly result: null };
  readonly recover: {
    readonly args: { readonly phrase: string; readonly deviceName: string };
    readonly result: null;
  };
  /** All words that a phrase can have. */
  readonly recoveryWords: { readonly args: null; readonly result: readonly string[] };
  readonly checkUsername: {
    readonly args: { readonly username: string };
    /** `reason`: `username_invalid` or `username_taken` when not available. */
    readonly result: { readonly available: boolean; readonly reason: string };
  };
  readonly updateProfile: {
    readonly args: { readonly name?: string; readonly bio?: string; readonly username?: string };
    readonly result: null;
  };
  /** `null` takes the picture away. */
  readonly setAvatar: { readonly args: { readonly picture: Blob | null }; readonly result: null };
  readonly listDevices: { readonly args: null; readonly result: readonly DeviceView[] };
  /** Answers the name that it has now: numbered where another device has it. */
  readonly renameDevice: {
    readonly args: { readonly deviceId: string; readonly name: string };
    readonly result: { readonly name: string };
  };
  readonly revokeOtherDevices: { readonly args: null; readonly result: null };
  /** New devices were looked at: they are no news any more. */
  readonly knowDevices: { readonly args: null; readonly result: null };
  readonly revokeDevice: { readonly args: { readonly deviceId: string }; readonly result: null };
  /**
   * Wipes keys and everything that was kept here. `removed`: the device is off the account's list too, which
   * needs the server.
   */
  readonly signOut: { readonly args: null; readonly result: { readonly removed: boolean } };
  readonly deleteAccount: { readonly args: null; readonly result: null };
  readonly createSignUpInvite: {
    readonly args: null;
    readonly result: { readonly code: string; readonly expiresAt: number };
  };
}

export interface SessionWatches {
  readonly session: { readonly args: null; readonly event: SessionView; readonly tell: never };
}
