import { type DeviceId, limits } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';

/** A dead connection is noticed within so long. */
const UNNOTICED_MS = 4 * limits.heartbeatMs;
const MAX_DEVICES = 200_000;

/** Devices that were not woken because they held a connection, which may be dead already. */
export class Spared {
  readonly #runtime: Pick<Runtime, 'monotonicMs'>;
  /** Since when, the longest ago first. */
  readonly #since = new Map<DeviceId, number>();

  constructor(runtime: Pick<Runtime, 'monotonicMs'>) {
    this.#runtime = runtime;
  }

  add(deviceId: DeviceId): void {
    this.#forgetOld();
    this.#since.delete(deviceId);
    if (this.#since.size < MAX_DEVICES) this.#since.set(deviceId, this.#runtime.monotonicMs());
  }

  /** Whether it was spared so lately that its connection may have been dead; asked once. */
  take(deviceId: DeviceId): boolean {
    this.#forgetOld();
    return this.#since.delete(deviceId);
  }

  #forgetOld(): void {
    const old = this.#runtime.monotonicMs() - UNNOTICED_MS;
    for (const [deviceId, since] of this.#since) {
      if (since > old) return;
      this.#since.delete(deviceId);
    }
  }
}
