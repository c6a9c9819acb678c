import type { Client, ClientStore, DeviceKeys, Platform } from '@heliogram/client';
import type { Reading } from './reading.ts';

/** What all rooms of the worker stand on, as long as the same account is here. */
export interface House {
  readonly origin: string;
  readonly platform: Platform;
  readonly store: ClientStore;
  /** Anonymous for visitors. */
  readonly client: Client;
  readonly reading: Reading;
  /** Absent for visitors. */
  readonly keys?: DeviceKeys;
}
