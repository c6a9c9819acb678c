/** What this browser keeps and how it is woken. */

export interface StorageView {
  readonly posts: number;
  /** What the cache of posts takes, bytes. */
  readonly postBytes: number;
  /** What files that wait to be posted take, bytes. */
  readonly uploadBytes: number;
  /** All that this origin takes and may take, as the browser says; absent where it does not. */
  readonly usedBytes?: number;
  readonly quotaBytes?: number;
  readonly persistent: boolean;
}

export interface DeviceCommands {
  readonly storageUsed: { readonly args: null; readonly result: StorageView };
  /** Drafts, keys and what waits to be sent stay. */
  readonly clearCache: { readonly args: null; readonly result: null };
  /** Application server key of Web Push; empty where the server does not push. */
  readonly pushKey: { readonly args: null; readonly result: { readonly key: Uint8Array } };
  readonly setPush: {
    readonly args: {
      readonly endpoint: string;
      readonly p256dh: Uint8Array;
      readonly auth: Uint8Array;
    } | null;
    readonly result: null;
  };
}
