/** One thing that will happen. */
export interface Appointment {
  cancel(): void;
}

/** Without `run` once it is cancelled. */
type Event = { readonly atMs: number; readonly order: number; run: (() => void) | undefined };

/** Virtual time: what is due first runs first, and what is due together runs in order of its making. */
export class EventQueue {
  #nowMs = 0;
  #order = 0;
  /** A binary heap by time, then order. */
  readonly #heap: Event[] = [];

  /** Milliseconds since the world began. */
  get nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): Appointment {
    const event: Event = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, run };
    this.#order += 1;
    this.#push(event);
    return {
      cancel: () => {
        event.run = undefined;
      },
    };
  }

  /** When the next thing is due; undefined when nothing ever will be. */
  get nextAtMs(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.atMs;
  }

  /** Moves to the next thing due, no later than `untilMs`, and runs it. False when there is none. */
  step(untilMs: number): boolean {
    this.#dropCancelled();
    const [next] = this.#heap;
    if (next === undefined || next.atMs > untilMs) {
      this.#nowMs = Math.max(this.#nowMs, untilMs);
      return false;
    }
    this.#pop();
    this.#nowMs = next.atMs;
    next.run?.();
    return true;
  }

  #dropCancelled(): void {
    while (this.#heap[0] && this.#heap[0].run === undefined) this.#pop();
  }

  #push(event: Event): void {
    this.#heap.push(event);
    let at = this.#heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #pop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (left < this.#heap.length && this.#before(left, least)) least = left;
      if (right < this.#heap.length && this.#before(right, least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #before(a: number, b: number): boolean {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (!one || !other) return false;
    return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (!one || !other) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}
