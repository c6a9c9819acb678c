import type { DeviceKeys } from '@heliogram/client';

/** Where this device's keys live: apart from everything that may be cleared. */
export interface KeyKeeper {
  read(): Promise<DeviceKeys | undefined>;
  write(keys: DeviceKeys): Promise<void>;
  erase(): Promise<void>;
}
