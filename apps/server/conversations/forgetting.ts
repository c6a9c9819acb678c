import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';

/** What is removed meanwhile is forgotten together: emptying the journal costs as much for one as for many. */
const COLLECT_MS = 1_000;
/** A backup reads, or the disk does not answer. */
const RETRY_MS = 1_000;

/** Sees to it that what was removed leaves the journal too, soon and not in anybody's way. */
export class Forgetting {
  readonly #storage: Pick<Storage, 'forgetRemoved'>;
  readonly #runtime: Pick<Runtime, 'after'>;
  #due = false;
  #stopped = false;

  constructor(storage: Pick<Storage, 'forgetRemoved'>, runtime: Pick<Runtime, 'after'>) {
    this.#storage = storage;
    this.#runtime = runtime;
  }

  soon(): void {
    if (this.#due) return;
    this.#due = true;
    this.#runtime.after(COLLECT_MS, () => void this.#forget());
  }

  /** The storage is about to close, which empties the journal too. */
  stop(): void {
    this.#stopped = true;
  }

  async #forget(): Promise<void> {
    if (this.#stopped) return;
    // What is removed from here on may come too late for this round, and asks for the next.
    this.#due = false;
    const forgotten = await this.#storage.forgetRemoved().catch(() => false);
    if (forgotten || this.#due || this.#stopped) return;
    this.#due = true;
    this.#runtime.after(RETRY_MS, () => void this.#forget());
  }
}
