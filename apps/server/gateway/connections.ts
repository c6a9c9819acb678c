import { DependencyError, type HeliogramError, limits } from '@heliogram/protocol';
import type { Runtime, Timer } from '../runtime.ts';
import type { AddressLimit } from './address-limit.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import type { HeldBytes } from './held-bytes.ts';
import type { Link } from './link.ts';
import { LiveDevices } from './live-devices.ts';

/** How often a drain looks whether all calls are answered. */
const DRAIN_LOOK_MS = 10;

type Shared = Omit<ConnectionParts, 'link' | 'address' | 'devices' | 'share'> & {
  readonly runtime: Runtime;
  /** Connections of each client, also of those that share a proxy. */
  readonly perAddress: AddressLimit;
  readonly held: HeldBytes;
};

/** Every live connection of this process: admits, watches over silence, ends all on a drain. */
export class Connections {
  readonly devices = new LiveDevices();
  readonly #shared: Shared;
  readonly #live = new Map<Connection, () => void>();
  #timer: Timer | undefined;
  #round = 0;
  #draining: HeliogramError | undefined;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  get count(): number {
    return this.#live.size;
  }

  /** Throws `unavailable` when the address has too many already, `draining` once the server ends. */
  admit(link: Link, address: string): Connection {
    if (this.#draining) throw this.#draining;
    const giveBack = this.#shared.perAddress.take(address);
    if (!giveBack)
      throw new DependencyError('unavailable', 'too many connections from this address');
    const share = this.#shared.held.share(address, () => link.destroy());
    const { devices } = this;
    const connection = new Connection({ ...this.#shared, devices, link, address, share });
    this.#live.set(connection, giveBack);
    this.#timer ??= this.#shared.runtime.after(limits.helloTimeoutMs, () => this.#sweep());
    return connection;
  }

  remove(connection: Connection): void {
    const giveBack = this.#live.get(connection);
    if (giveBack === undefined) return;
    connection.closed();
    this.#live.delete(connection);
    giveBack();
  }

  /**
   * Says goodbye to everybody, to each once its calls under way are answered. Resolves when that is
   * done, or cuts the rest off when it takes longer than `withinMs`.
   */
  async drain(reason: HeliogramError, withinMs: number): Promise<void> {
    this.#timer?.cancel();
    this.#draining = reason;
    for (const connection of [...this.#live.keys()]) connection.drain(reason);
    let late = false;
    const cutOff = this.#shared.runtime.after(withinMs, () => {
      late = true;
    });
    while (!late && this.#anyOpen()) await this.#turn();
    cutOff.cancel();
    for (const connection of [...this.#live.keys()]) connection.end(reason);
  }

  #anyOpen(): boolean {
    return [...this.#live.keys()].some((connection) => !connection.ended);
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#shared.runtime.after(DRAIN_LOOK_MS, resolve);
    });
  }

  /** Whoever has not said hello by the next round goes; silence is judged twice a minute. */
  #sweep(): void {
    const roundsPerHeartbeat = Math.ceil((2 * limits.heartbeatMs) / limits.helloTimeoutMs);
    this.#round += 1;
    const judgeSilence = this.#round % roundsPerHeartbeat === 0;
    for (const connection of [...this.#live.keys()]) {
      const silent = (judgeSilence || !connection.greeted) && connection.silentSinceLastRound();
      if (silent) connection.timeOut();
    }
    this.#timer = this.#shared.runtime.after(limits.helloTimeoutMs, () => this.#sweep());
  }
}
