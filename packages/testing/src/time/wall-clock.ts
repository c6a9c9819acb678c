import type { EventQueue } from './event-queue.ts';

const worldBeganAt = Date.UTC(2026, 10, 23, 12);

/** The clock on somebody's wall: follows virtual time, and jumps when it is set. */
export class WallClock {
  readonly #queue: EventQueue;
  #offsetMs = 0;

  constructor(queue: EventQueue) {
    this.#queue = queue;
  }

  /** Milliseconds since the epoch, whole. */
  now(): number {
    return Math.floor(worldBeganAt + this.#queue.nowMs + this.#offsetMs);
  }

  /** Forward or, if negative, back. */
  jump(ms: number): void {
    this.#offsetMs += ms;
  }
}
