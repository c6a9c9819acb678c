type Report = (what: string, error: unknown) => void;

/** Work that no caller waits for: failures are reported, and stopping waits for its end. */
export class Background {
  readonly #report: Report;
  readonly #running = new Set<Promise<void>>();

  constructor(report: Report) {
    this.#report = report;
  }

  run(what: string, work: () => Promise<void>): void {
    const running = work()
      .catch((error: unknown) => this.#report(what, error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves once nothing runs, including what running work began meanwhile. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
