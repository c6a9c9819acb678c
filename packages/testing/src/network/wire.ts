import type { SeededRandom } from '../chance/seeded-random.ts';
import type { EventQueue } from '../time/event-queue.ts';

/** How long bytes take, milliseconds. */
export interface Delays {
  readonly minMs: number;
  readonly maxMs: number;
}

type InFlight = {
  readonly bytes: Uint8Array;
  readonly writtenAtMs: number;
  readonly dueAtMs: number;
};

/** How often a closing end looks whether a held wire has been let go. */
const flushPollMs = 50;

export interface WireEnds {
  /** `writtenAtMs`: when the sender wrote the last of these bytes. */
  readonly arrived: (bytes: Uint8Array, writtenAtMs: number) => void;
  /** Everything written so far has arrived. */
  readonly emptied: () => void;
}

/** One direction of a connection: bytes arrive in order, late, and up to where the wire breaks. */
export class Wire {
  readonly #queue: EventQueue;
  readonly #random: SeededRandom;
  readonly #ends: WireEnds;
  readonly #delays: () => Delays;
  #inFlight: InFlight[] = [];
  #lastAtMs = 0;
  #held = false;
  #muted = false;
  #closed = false;
  bytesInFlight = 0;

  constructor(parts: {
    readonly queue: EventQueue;
    readonly random: SeededRandom;
    readonly delays: () => Delays;
    readonly ends: WireEnds;
  }) {
    this.#queue = parts.queue;
    this.#random = parts.random;
    this.#delays = parts.delays;
    this.#ends = parts.ends;
  }

  send(bytes: Uint8Array): void {
    if (this.#closed || this.#muted) return;
    const { minMs, maxMs } = this.#delays();
    const atMs = Math.max(this.#lastAtMs, this.#queue.nowMs + this.#random.int(minMs, maxMs));
    this.#lastAtMs = atMs;
    // A copy: the sender may reuse what it wrote.
    const copy = Uint8Array.from(bytes);
    this.#inFlight.push({ bytes: copy, writtenAtMs: this.#queue.nowMs, dueAtMs: atMs });
    this.bytesInFlight += copy.byteLength;
    this.#queue.after(atMs - this.#queue.nowMs, () => this.#deliver());
  }

  /** Nothing arrives until it is let go again. */
  hold(held: boolean): void {
    this.#held = held;
    if (!held) this.#queue.after(0, () => this.#deliver());
  }

  /** Bytes vanish and nobody is told: the cable is out, the socket still open. */
  mute(): void {
    this.#muted = true;
    this.#drop();
  }

  /** Some of the bytes in flight arrive, cut off anywhere; nothing after. */
  breakOff(): void {
    if (this.#closed) return;
    let left = this.#random.int(0, this.bytesInFlight);
    const inFlight = this.#inFlight;
    this.#drop();
    this.#closed = true;
    for (const { bytes, writtenAtMs } of inFlight) {
      if (left <= 0) return;
      this.#ends.arrived(bytes.subarray(0, left), writtenAtMs);
      left -= bytes.byteLength;
    }
  }

  /** Runs once everything written has arrived. */
  whenFlushed(run: () => void): void {
    if (this.#inFlight.length === 0 || this.#closed) return run();
    const wait = Math.max(flushPollMs, this.#lastAtMs - this.#queue.nowMs);
    this.#queue.after(wait, () => this.whenFlushed(run));
  }

  #deliver(): void {
    for (let first = this.#inFlight[0]; first && !this.#held && !this.#closed; ) {
      if (first.dueAtMs > this.#queue.nowMs) return;
      this.#inFlight.shift();
      this.bytesInFlight -= first.bytes.byteLength;
      this.#ends.arrived(first.bytes, first.writtenAtMs);
      first = this.#inFlight[0];
      if (!first) this.#ends.emptied();
    }
  }

  #drop(): void {
    this.#inFlight = [];
    this.bytesInFlight = 0;
  }
}
