import {
  Client,
  type ClientStore,
  Connection,
  createMemoryStore,
  type DeviceCredentials,
  type DeviceKeys,
  Follower,
  type Platform,
  recover,
  revokeDevice,
  signUp,
} from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { AccountsService, HeliogramError } from '@heliogram/protocol';
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

/** A second device, as far as anybody needs one. */
export interface SpareDevice {
  readonly deviceId: string;
  /** Asks the server for something: `ok`, or the code of its refusal. */
  act(): Promise<string>;
  close(): void;
}

/** A person's machine: its store and keys outlive its process, which dies and starts again. */
export class SimDevice {
  readonly name: string;
  readonly clock: WallClock;
  readonly #parts: DeviceParts;
  readonly #random: SeededRandom;
  readonly #store: ClientStore = createMemoryStore();
  #keys: DeviceKeys | undefined;
  #phrase = '';
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
    const { recoveryPhrase } = await signUp({
      call: connection.call,
      origin: simOrigin,
      platform,
      deviceName: this.name,
      name: this.name,
      keep: async (keys) => {
        this.#keys = keys;
      },
    });
    this.#phrase = recoveryPhrase;
    connection.close();
  }

  /** Another device of the same account, enrolled with the phrase. */
  async enrolSpare(): Promise<SpareDevice> {
    const platform = this.#platform();
    const parts = { origin: simOrigin, platform, clientName: 'sim' };
    const connection = new Connection(parts);
    const kept: DeviceKeys[] = [];
    await recover({
      ...parts,
      call: connection.call,
      deviceName: 'spare',
      phrase: this.#phrase,
      keep: async (keys) => void kept.push(keys),
    }).finally(() => connection.close());
    const [keys] = kept;
    if (!keys) throw new RangeError('the device kept no keys');
    const store = createMemoryStore();
    const client = new Client({ ...parts, device: keys, store, persistence: 'keep-trying' });
    const act = () =>
      client.connection.call(AccountsService.method.getMe, {}).then(
        () => 'ok',
        (error: unknown) => (error instanceof HeliogramError ? error.code : String(error)),
      );
    return { deviceId: keys.deviceId, act, close: () => client.connection.close() };
  }

  /** Revokes another device of the account. */
  async revoke(deviceId: string): Promise<void> {
    const client = this.#client;
    if (!client || !this.#keys) throw new RangeError('the device does not run');
    const { records } = this.#store;
    const { call } = client.connection;
    await revokeDevice({ call, records, platform: this.#platform() }, this.#keys, deviceId);
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
