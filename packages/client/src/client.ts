import { KnownNames } from './accounts/known-names.ts';
import { anonymousCall } from './connection/anonymous-call.ts';
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
  /** Absent: nobody is signed in. Public channels can be read; the rest throws `unauthenticated`. */
  readonly device?: DeviceCredentials | undefined;
  readonly platform: Platform;
  readonly store: ClientStore;
  readonly clientName: string;
  /**
   * `keep-trying`: dials again until closed and sends until acknowledged. `once`: the first failure
   * ends it and is told to whoever waits.
   */
  readonly persistence: 'keep-trying' | 'once';
}

/** A device, signed in or not, and all it can do. Connects on first use; close it when done. */
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
      ...(device && { signIn: signInAs(device, origin, platform.signer) }),
      maxFailures: keepTrying ? Number.POSITIVE_INFINITY : 1,
    });
    const signedIn = device !== undefined;
    const allowed = (caller: Caller) => (signedIn ? caller : anonymousCall(caller));
    const call = allowed(this.connection.call);
    this.call = keepTrying ? allowed(patientCall(this.connection, platform)) : call;
    this.#store = store;
    const retries = keepTrying;
    this.outbox = new Outbox({ store: store.outbox, call, platform, retries, signedIn });
    this.posts = new Posts({ call, outbox: this.outbox, platform });
    this.names = new KnownNames(call, store.records);
    this.follower = new Follower(this.connection, platform);
  }

  get records(): ClientStore['records'] {
    return this.#store.records;
  }

  /** What is kept of logs here; see CachedLog. */
  get entries(): ClientStore['entries'] {
    return this.#store.entries;
  }

  get chats(): ClientStore['chats'] {
    return this.#store.chats;
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
