import type { Runtime, Timer } from '../runtime.ts';

export type PacerParts = {
  readonly runtime: Runtime;
  readonly intervalMs: number;
  /** Keys ready or resting at once; more are refused. */
  readonly maxKeys: number;
  /** Something is ready to be taken. */
  readonly onReady: () => void;
};

/**
 * Lets each key through at most once an interval. What is asked for meanwhile comes once at its end,
 * however often it was asked for.
 */
export class Pacer<K> {
  readonly #parts: PacerParts;
  readonly #ready = new Set<K>();
  /** In order of their end, since all rest equally long. */
  readonly #resting = new Map<K, { readonly untilMs: number; again: boolean }>();
  #timer: Timer | undefined;

  constructor(parts: PacerParts) {
    this.#parts = parts;
  }

  /** False when there is no room: the key is forgotten. */
  ask(key: K): boolean {
    const resting = this.#resting.get(key);
    if (resting) resting.again = true;
    else if (!this.#ready.has(key)) return this.#admit(key);
    return true;
  }

  /** Up to so many keys that may go now; from here on they rest. */
  take(max: number): readonly K[] {
    const untilMs = this.#parts.runtime.monotonicMs() + this.#parts.intervalMs;
    const taken: K[] = [];
    for (const key of this.#ready) {
      if (taken.length >= max) break;
      taken.push(key);
    }
    for (const key of taken) {
      this.#ready.delete(key);
      this.#resting.set(key, { untilMs, again: false });
    }
    this.#wakeLater();
    return taken;
  }

  stop(): void {
    this.#timer?.cancel();
    this.#ready.clear();
    this.#resting.clear();
  }

  #admit(key: K): boolean {
    if (this.#ready.size + this.#resting.size >= this.#parts.maxKeys) return false;
    this.#ready.add(key);
    this.#parts.onReady();
    return true;
  }

  #wakeLater(): void {
    const [first] = this.#resting.values();
    if (!first || this.#timer) return;
    const delayMs = Math.max(0, first.untilMs - this.#parts.runtime.monotonicMs());
    this.#timer = this.#parts.runtime.after(delayMs, () => {
      this.#timer = undefined;
      this.#wake();
    });
  }

  #wake(): void {
    const now = this.#parts.runtime.monotonicMs();
    const before = this.#ready.size;
    for (const [key, { untilMs, again }] of this.#resting) {
      if (untilMs > now) break;
      this.#resting.delete(key);
      if (again) this.#ready.add(key);
    }
    this.#wakeLater();
    if (this.#ready.size > before) this.#parts.onReady();
  }
}
