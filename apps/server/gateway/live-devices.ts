import type { DeviceId } from '@heliogram/protocol';

/** Which devices hold a connection to this process. */
export class LiveDevices {
  readonly #connections = new Map<DeviceId, number>();
  readonly #listeners: ((deviceId: DeviceId) => void)[] = [];
  readonly #leaving: ((deviceId: DeviceId) => void)[] = [];

  isLive(deviceId: DeviceId): boolean {
    return this.#connections.has(deviceId);
  }

  /** Hears of devices whose last connection fell silent: what was sent to it lately may be lost. */
  onLost(listener: (deviceId: DeviceId) => void): void {
    this.#listeners.push(listener);
  }

  /** Hears of devices whose last connection ended, however it ended. */
  onLeft(listener: (deviceId: DeviceId) => void): void {
    this.#leaving.push(listener);
  }

  entered(deviceId: DeviceId): void {
    this.#connections.set(deviceId, (this.#connections.get(deviceId) ?? 0) + 1);
  }

  left(deviceId: DeviceId, { silently }: { readonly silently: boolean }): void {
    const held = this.#connections.get(deviceId) ?? 0;
    if (held > 1) {
      this.#connections.set(deviceId, held - 1);
      return;
    }
    if (!this.#connections.delete(deviceId)) return;
    for (const listener of this.#leaving) listener(deviceId);
    if (!silently) return;
    for (const listener of this.#listeners) listener(deviceId);
  }
}
