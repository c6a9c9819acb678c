import type { Runtime } from '../../runtime.ts';
import { pageLimits } from '../limits.ts';

const SECOND_MS = 1_000;

type Seen = { readonly etag: string; readonly atMs: number };

/**
 * When each address was first seen to say what it says now: HTTP dates for clients without entity
 * tags. A deletion changes what is said and has no date of its own, so dates of posts would not do. No
 * two states of an address ever share a second, restarts and forgetting included.
 */
export class LastChanges {
  readonly #runtime: Pick<Runtime, 'now'>;
  readonly #seen = new Map<string, Seen>();
  /** What was said up to this second may be forgotten. */
  #unknownUpTo: number;

  constructor(runtime: Pick<Runtime, 'now'>) {
    this.#runtime = runtime;
    this.#unknownUpTo = this.#second();
  }

  /** Undefined while the second of an earlier state is not over. */
  dateOf(path: string, etag: string): string | undefined {
    const { atMs } = this.#observe(path, etag);
    return atMs <= this.#runtime.now() ? new Date(atMs).toUTCString() : undefined;
  }

  #observe(path: string, etag: string): Seen {
    const known = this.#seen.get(path);
    this.#seen.delete(path);
    const seen = known?.etag === etag ? known : { etag, atMs: this.#after(known) };
    this.#seen.set(path, seen);
    if (this.#seen.size > pageLimits.maxVersions) this.#forgetOldest();
    return seen;
  }

  #after(known: Seen | undefined): number {
    return Math.max(this.#second(), (known?.atMs ?? this.#unknownUpTo) + SECOND_MS);
  }

  #forgetOldest(): void {
    const [oldest] = this.#seen;
    if (!oldest) return;
    this.#seen.delete(oldest[0]);
    this.#unknownUpTo = Math.max(this.#unknownUpTo, this.#second(), oldest[1].atMs);
  }

  #second(): number {
    return Math.floor(this.#runtime.now() / SECOND_MS) * SECOND_MS;
  }
}
