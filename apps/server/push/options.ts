import type { DeviceId } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';
import type { Log, Telemetry } from '../telemetry.ts';
import type { Reach } from './endpoints.ts';

export type PushOptions = {
  readonly storage: Storage;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly telemetry: Pick<Telemetry, 'pushed'>;
  readonly live: LiveDevicesView;
  /** Where push services may be; `off`: nobody is ever woken. */
  readonly reach: 'off' | Reach;
  /** Who answers for what this server pushes: an https origin, once one is known. */
  readonly contact: () => string;
  /** PEM of an authority to trust instead of the known ones. */
  readonly trusted?: string;
};

/** Devices that hear of entries by their own connection. */
export interface LiveDevicesView {
  isLive(deviceId: DeviceId): boolean;
}
