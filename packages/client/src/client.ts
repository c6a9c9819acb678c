import { KnownNames } from './accounts/known-names.ts';
import { type Caller, Connection } from './connection/connection.ts';
import { patientCall } from './connection/patient-call.ts';
import { type DeviceCredentials, signInAs } from './connection/sign-in.ts';
import { Follower } from './conversations/follower.ts';
import { Outbox } from './outbox/outbox.ts';
import type { Platform } from './ports.ts';
import { Posts } from './posts/posts.ts';
import type { ClientStore } from './store/port.ts';

export interface ClientOptions {
  /** As {@link parseOrigin} answers it. */
  readonly origin: string;
  readonly device: DeviceCredentials;
  readonly platform: Platform;
  readonly store: ClientStore;
  readonly clientName: string;
  /**
   * `keep-trying`: dials again until closed and sends until acknowledged. `once`: the first failure
   * ends it and is told to whoever waits.
   */
  readonly persistence: 'keep-trying' | 'once';
}

/** A signed-in device and all it can do. Connects on first use; close it when done. */
export class Client {
  readonly connection: Connection;
  /** Calls once, or, where the client keeps trying, until there is an answer: then only to read. */
  readonly call: Caller;
  readonly outbox: Outbox;
  readonly posts: Posts;
  readonly names: KnownNames;
  readonly follower: Follower;
  readonly #store: ClientStore;
  #closed: Promise<void> | undefined;

  constructor({ origin, device, platform, store, clientName, persistence }: ClientOptions) {
    const keepTrying = persistence === 'keep-trying';
    this.connection = new Connection({
      origin,
      platform,
      clientName,
      signIn: signInAs(device, origin, platform.signer),
      maxFailures: keepTrying ? Number.POSITIVE_INFINITY : 1,
    });
    const { call } = this.connection;
    this.call = keepTrying ? patientCall(this.connection, platform) : call;
    this.#store = store;
    this.outbox = new Outbox({ store: store.outbox, call, platform, retries: keepTrying });
    this.posts = new Posts({ call, outbox: this.outbox, platform });
    this.names = new KnownNames(call, store.records);
    this.follower = new Follower(this.connection, platform);
  }

  get records(): ClientStore['records'] {
    return this.#store.records;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.outbox.close();
    this.connection.close();
    await this.#store.close();
  }
}
