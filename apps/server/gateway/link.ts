/**
 * The way out of one connection, as bytes. A socket in production, a lossy queue in simulation.
 * Messages are wrapped once by `wrap` and then written to any number of links.
 */
export interface Link {
  /** Chunks in order, as one write. */
  write(chunk: Uint8Array): void;
  /** Bytes accepted and not yet taken by the other side's network. Grows by writes only. */
  readonly backlogBytes: number;
  /** Stops and resumes reading from the other side. */
  setPaused(paused: boolean): void;
  /** After what was written went out. */
  close(reason: string): void;
  /** At once. */
  destroy(): void;
}

/** Puts a transport's framing around a message, once for all links of that transport. */
export type Wrap = (message: Uint8Array) => Uint8Array;
