import {
  Client,
  type ClientStore,
  Connection,
  createMemoryStore,
  type DeviceCredentials,
  type DeviceKeys,
  Follower,
  type Platform,
  signUp,
} from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { SeededRandom } from '../chance/seeded-random.ts';
import type { Network, NetworkPort, TapFactory } from '../network/network.ts';
import type { EventQueue } from '../time/event-queue.ts';
import { WallClock } from '../time/wall-clock.ts';
import { slowStore } from './slow-store.ts';

/** Where the simulated server claims to be. */
const simOrigin = 'http://127.0.0.1:1';

export interface DeviceParts {
  readonly name: string;
  readonly seed: number;
  readonly address: string;
  readonly queue: EventQueue;
  readonly network: Network;
  readonly tap: TapFactory;
}

/** A person's machine: its store and keys outlive its process, which dies and starts again. */
export class SimDevice {
  readonly name: string;
  readonly clock: WallClock;
  readonly #parts: DeviceParts;
  readonly #random: SeededRandom;
  readonly #store: ClientStore = createMemoryStore();
  #keys: DeviceKeys | undefined;
  #session = 0;
  #port: NetworkPort;
  #client: Client | undefined;
  #died = Promise.withResolvers<void>();

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.clock = new WallClock(parts.queue);
    this.#random = new SeededRandom(parts.seed, parts.name);
    this.#port = parts.network.port(parts.address, parts.tap);
  }

  get accountId(): string {
    return this.#keys?.accountId ?? '';
  }

  get origin(): string {
    return simOrigin;
  }

  get credentials(): DeviceCredentials {
    if (!this.#keys) throw new RangeError('sign up first');
    return this.#keys;
  }

  get network(): NetworkPort {
    return this.#port;
  }

  /** The running process; undefined between a death and the next start. */
  get client(): Client | undefined {
    return this.#client;
  }

  /** What survives this device's process. */
  get store(): ClientStore {
    return this.#store;
  }

  /** Resolves when the process that runs now dies. */
  get death(): Promise<void> {
    return this.#died.promise;
  }

  /** Makes the account; its keys stay on this device. */
  async signUp(): Promise<void> {
    const platform = this.#platform();
    const connection = new Connection({ origin: simOrigin, platform, clientName: 'sim' });
    await signUp({
      call: connection.call,
      origin: simOrigin,
      platform,
      deviceName: this.name,
      name: this.name,
      keep: async (keys) => {
        this.#keys = keys;
      },
    });
    connection.close();
  }

  start(): Client {
    if (!this.#keys) throw new RangeError('sign up first');
    const platform = this.#platform();
    this.#client = new Client({
      origin: simOrigin,
      device: this.#keys,
      platform,
      store: slowStore(this.#store, () => this.#diskTime(platform)),
      clientName: 'sim',
      persistence: 'keep-trying',
    });
    return this.#client;
  }

  /** The process is gone between two instructions, and with it everything but the store. */
  kill(): void {
    this.#port.die();
    this.#client = undefined;
    this.#session += 1;
    this.#port = this.#parts.network.port(this.#parts.address, this.#parts.tap);
    const died = this.#died;
    this.#died = Promise.withResolvers();
    died.resolve();
  }

  /** Follows without an account, for as long as the world lasts. */
  startAnonymous(): { readonly connection: Connection; readonly follower: Follower } {
    const platform = this.#platform();
    const connection = new Connection({ origin: simOrigin, platform, clientName: 'sim' });
    return { connection, follower: new Follower(connection, platform) };
  }

  #platform(): Platform {
    const session = this.#session;
    const isAlive = () => session === this.#session;
    const { queue } = this.#parts;
    return {
      ...nodePlatform,
      transport: this.#port.transport,
      random: this.#random,
      scheduler: {
        now: () => this.clock.now(),
        after: (delayMs, run) =>
          queue.after(delayMs, () => {
            if (isAlive()) run();
          }),
      },
      process: { session: String(session), isAlive: (other) => other === String(this.#session) },
    };
  }

  /** Never returns to a process that has died meanwhile. */
  #diskTime({ scheduler }: Platform): Promise<void> {
    return new Promise((resolve) => {
      scheduler.after(this.#random.int(0, 5), resolve);
    });
  }
}
