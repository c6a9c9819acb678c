import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';
import type { Log } from '../telemetry.ts';

export type MediaQuota = { readonly accountBytes: number; readonly serverBytes: number };

export type MediaOptions = {
  readonly storage: Storage;
  /** Everything of this room lies in here; nothing else may. */
  readonly directory: string;
  readonly runtime: Runtime;
  readonly log: Log;
  /** Largest file, in bytes. */
  readonly maxUploadBytes: number;
  /** Bytes of files that one account, and all together, may keep. Absent: no bound. */
  readonly quota?: MediaQuota;
  /** Bytes that the disk under `directory` has left. Asked before an upload is opened. */
  readonly freeBytes?: (directory: string) => Promise<number>;
};
