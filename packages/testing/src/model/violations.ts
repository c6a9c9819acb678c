/** What the oracle holds against the house; empty while all is well. */
export class Violations {
  readonly #found: string[] = [];

  add(sentence: string): void {
    this.#found.push(sentence);
  }

  /** Throws when there are any. */
  raise(): void {
    if (this.#found.length === 0) return;
    const shown = this.#found.slice(0, 20).join('\n  ');
    throw new Error(`${this.#found.length} violations:\n  ${shown}`);
  }
}
