/**
 * What the SDK asks of its platform. Everything below `src/` but `node/` and `browser/` speaks to the
 * world through these only.
 */

/** Dials a server. Never throws: what fails is told by `closed`. */
export interface Transport {
  /** `url` is `ws://…` or `wss://…`. Exactly one `closed` ends every link. */
  open(url: string, events: LinkEvents): Link;
}

export interface Link {
  /** Binary frame. Ignored once closed. */
  send(frame: Uint8Array): void;
  close(): void;
}

export interface LinkEvents {
  readonly opened: () => void;
  readonly frame: (bytes: Uint8Array) => void;
  readonly closed: (reason: string) => void;
}

export interface Scheduler {
  /** Milliseconds since the epoch; may jump. */
  now(): number;
  /** Runs once after `delayMs`. */
  after(delayMs: number, run: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export interface RandomSource {
  /** Unpredictable bytes in a new array. */
  bytes(length: number): Uint8Array;
}

/** Ed25519 (RFC 8032) with a 32-byte seed, as fast as the platform has it. */
export interface Signer {
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** HTTP for bulk bytes: uploads and downloads. */
export interface Http {
  /** Rejects only when no answer came. `body` answers the bytes of the response as they arrive. */
  send(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpRequest {
  readonly method: 'HEAD' | 'GET' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

/** SHA-256 over bytes that come in pieces. */
export interface Hasher {
  sha256(): RunningHash;
}

export interface RunningHash {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

/**
 * Names the running program beside others that share its store, so that what a killed one left behind
 * is recognised.
 */
export interface ProcessIdentity {
  readonly session: string;
  isAlive(session: string): boolean;
}

/** All ports, as `./node` and `./browser` put them together. */
export interface Platform {
  readonly transport: Transport;
  readonly scheduler: Scheduler;
  readonly random: RandomSource;
  readonly signer: Signer;
  readonly http: Http;
  readonly hasher: Hasher;
  readonly process: ProcessIdentity;
}
