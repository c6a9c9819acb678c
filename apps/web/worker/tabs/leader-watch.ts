export interface LeaderWatchParts {
  /** Asks the leader for a sign of life. */
  readonly ask: () => void;
  readonly changed: (responds: boolean) => void;
}

/** Between two questions; with {@link patience} a stopped leader is noticed within 5 s. */
export const askEveryMs = 1_500;
const patience = 2;

/**
 * Notices when the leading tab stops answering, because its process is stopped or blocked. It counts
 * unanswered questions, not time: a machine that was asleep has not waited for an answer.
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
