/** A bar on stderr for long work, on a terminal only; it leaves no trace when it is done. */
export class Progress {
  readonly #label: string;
  readonly #shown: boolean;
  #last = '';

  constructor(label: string, quiet: boolean) {
    this.#label = label;
    this.#shown = !quiet && process.stderr.isTTY === true;
  }

  /** From 0 to 1. */
  update(fraction: number): void {
    if (!this.#shown) return;
    const cells = 24;
    const full = Math.round(Math.min(1, Math.max(0, fraction)) * cells);
    const percent = `${Math.floor(fraction * 100)}`.padStart(3);
    const line = `${this.#label} ${'█'.repeat(full)}${'░'.repeat(cells - full)} ${percent} %`;
    if (line === this.#last) return;
    this.#last = line;
    process.stderr.write(`\r${line}`);
  }

  end(): void {
    if (this.#last !== '') process.stderr.write(`\r\u001b[K`);
    this.#last = '';
  }
}
