export interface LeaderWatchParts {
  /** Asks the leader for a sign of life. */
  readonly ask: () => void;
  readonly changed: (responds: boolean) => void;
}

export const askEveryMs = 1_500;
/** Unanswered questions after which the leader counts as stopped: less than 5 s. */
const patience = 2;

/**
 * Notices when the leading tab stops answering because its process is stopped or blocked. It counts
 * unanswered questions instead of time, so sleep of the machine does not count.
 */
export class LeaderWatch {
  readonly #parts: LeaderWatchParts;
  #unanswered = 0;
  #responds = true;

  constructor(parts: LeaderWatchParts) {
    this.#parts = parts;
  }

  /** Called every {@link askEveryMs} while another tab leads. */
  ask(): void {
    if (this.#unanswered >= patience) this.#set(false);
    this.#unanswered++;
    this.#parts.ask();
  }

  /** The leader gave a sign of life, or this tab leads itself. */
  heard(): void {
    this.#unanswered = 0;
    this.#set(true);
  }

  #set(responds: boolean): void {
    if (responds === this.#responds) return;
    this.#responds = responds;
    this.#parts.changed(responds);
  }
}
