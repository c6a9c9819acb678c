/** A server under simulation: what it is given, what it answers, and how it dies. */

/** Time, scheduling and randomness, as a server takes them. Dead once the process is killed. */
export interface MachineRuntime {
  now(): number;
  settledNow(): number;
  monotonicMs(): number;
  soon(run: () => void): void;
  after(delayMs: number, run: () => void): { cancel(): void };
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
}

/** The way out of one connection, as a server writes to it. */
export interface ServerLink {
  write(chunk: Uint8Array): void;
  readonly backlogBytes: number;
  setPaused(paused: boolean): void;
  close(reason: string): void;
  destroy(): void;
}

/** One connection, as the network speaks to the server. */
export interface ServerConnection {
  receive(message: Uint8Array): void;
  drained(): void;
  /** The link is gone. */
  gone(): void;
}

export interface ServerSurroundings {
  readonly runtime: MachineRuntime;
  /** The framing of the simulated network. */
  readonly wrap: (message: Uint8Array) => Uint8Array;
  /** A defect: what a server logs as an error of its own. */
  readonly defect: (what: string, error: unknown) => void;
}

export interface RunningServer {
  /** Throws when it refuses the connection. */
  admit(link: ServerLink, address: string): ServerConnection;
  readonly operator: Operator;
}

/** What the operator does on the machine itself. Rejects with the server's typed errors. */
export interface Operator {
  suspend(accountId: string): Promise<unknown>;
  restoreAccount(accountId: string): Promise<unknown>;
  /** `seq` 0: the whole channel. */
  takeDown(conversationId: string, seq: number): Promise<unknown>;
  restore(conversationId: string, seq: number): Promise<unknown>;
}

/** A machine with a disk: it boots servers and loses them. One at a time. */
export interface ServerMachine {
  /** Starts on what the disk holds. */
  boot(surroundings: ServerSurroundings): Promise<RunningServer>;
  /**
   * The process dies at once. What its operating system was told to keep is kept, and behind that the
   * disk may hold anything: `chance` decides what.
   */
  kill(chance: Chance): void;
  /** As `kill`, halfway through the next durable write: `died` is told within that write. */
  killWithinNextCommit(chance: Chance, died: () => void): void;
  /** While true, nothing can be written. */
  setDiskFull(full: boolean): void;
  close(): Promise<void>;
}

export interface Chance {
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** Boots a machine with an empty disk. */
export type MachineFactory = () => ServerMachine;
