import { DependencyError } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { AppendCommand, AppendOutcome, LogStore } from '../storage/port.ts';

/** Entries that share one durable write at most; the rest go with the next. */
const MAX_BATCH_ENTRIES = 4_096;
/** Entries waiting for a durable write; beyond this the server says that it is busy. */
const MAX_WAITING_ENTRIES = 65_536;

type Waiting = {
  readonly commands: readonly AppendCommand[];
  readonly durable: (outcomes: readonly AppendOutcome[]) => void;
  readonly failed: (error: unknown) => void;
};

/**
 * Concurrent appends share one fsync: what arrives in a tick, or while a write is under way, is written
 * together in order of arrival. A lone append waits for nothing but its own write.
 */
export class GroupCommit {
  readonly #store: LogStore;
  readonly #runtime: Runtime;
  #waiting: Waiting[] = [];
  #waitingEntries = 0;
  #busy = false;

  constructor(store: LogStore, runtime: Runtime) {
    this.#store = store;
    this.#runtime = runtime;
  }

  /**
   * Appends all commands in order, in one write. `durable` runs as soon as that write is, before any
   * later one: in log order. Rejects with what the store threw, then nothing was appended.
   */
  append<T>(
    commands: readonly AppendCommand[],
    durable: (outcomes: readonly AppendOutcome[]) => T,
  ): Promise<T> {
    if (this.#waitingEntries + commands.length > MAX_WAITING_ENTRIES) {
      return Promise.reject(
        new DependencyError(
          'unavailable',
          'the server is busy: too many entries are waiting to be written',
          {
            retryAfterMs: 1_000,
          },
        ),
      );
    }
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        commands,
        durable: (outcomes) => resolve(durable(outcomes)),
        failed: reject,
      });
      this.#waitingEntries += commands.length;
      this.#schedule();
    });
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#busy || this.#waiting.length > 0) {
      await new Promise<void>((resolve) => this.#runtime.soon(resolve));
    }
  }

  #schedule(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#runtime.soon(() => void this.#write());
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) await this.#writeBatch(this.#takeBatch());
    this.#busy = false;
  }

  #takeBatch(): readonly Waiting[] {
    let entries = 0;
    let count = 0;
    for (const { commands } of this.#waiting) {
      if (count > 0 && entries + commands.length > MAX_BATCH_ENTRIES) break;
      entries += commands.length;
      count += 1;
    }
    const batch = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    this.#waitingEntries -= entries;
    return batch;
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#store.append(batch.flatMap(({ commands }) => commands));
      let taken = 0;
      for (const { commands, durable, failed } of batch) {
        try {
          durable(outcomes.slice(taken, taken + commands.length));
        } catch (error) {
          failed(error);
        }
        taken += commands.length;
      }
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }
}
