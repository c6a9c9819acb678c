import type { Client, ClientStore, DeviceKeys, Platform } from '@heliogram/client';

/** What all rooms of the worker stand on, as long as the same account is here. */
export interface House {
  readonly origin: string;
  readonly platform: Platform;
  readonly store: ClientStore;
  /** Anonymous for visitors. */
  readonly client: Client;
  /** Absent for visitors. */
  readonly keys?: DeviceKeys;
}
