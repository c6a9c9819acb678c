import type { AccountId, DeviceId, ErrorCode } from '@heliogram/protocol';

/** Live connections and HTTP session tokens, as rooms that end them see them. */
export interface Sessions {
  /** Sends a goodbye with the reason and closes; tokens stop working. Takes effect before it returns. */
  endDevice(accountId: AccountId, deviceId: DeviceId, reason: EndReason): void;
  endAccount(accountId: AccountId, reason: EndReason): void;
  /** A token for HTTP calls of this device: 32 random bytes, hex; only its hash is kept, in memory. */
  issueToken(caller: {
    readonly account: number;
    readonly accountId: AccountId;
    readonly deviceId: DeviceId;
  }): { readonly token: string; readonly expiresAt: number };
}

export type EndReason = { readonly code: ErrorCode; readonly message: string };
