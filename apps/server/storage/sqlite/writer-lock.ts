import { AsyncLocalStorage } from 'node:async_hooks';
import { InternalError } from '@heliogram/protocol';

/** One writer at a time, first come, first served: SQLite has one write lock and never waits well for it. */
export class WriterLock {
  #held = false;
  readonly #waiting: (() => void)[] = [];
  readonly #inside = new AsyncLocalStorage<true>();

  get held(): boolean {
    return this.#held;
  }

  /** Resolves with the lock taken. Throws `internal` from inside `holding`: it would wait for itself. */
  async acquire(): Promise<void> {
    if (this.#inside.getStore()) {
      throw new InternalError('inside a transaction only its own database may be used');
    }
    if (!this.#held) {
      this.#held = true;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#held = false;
  }

  /** Marks what `run` awaits as inside the transaction that holds the lock. */
  holding<T>(run: () => Promise<T>): Promise<T> {
    return this.#inside.run(true, run);
  }

  async exclusive<T>(run: () => T): Promise<T> {
    await this.acquire();
    try {
      return run();
    } finally {
      this.release();
    }
  }
}
