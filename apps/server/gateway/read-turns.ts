/**
 * Reads of one connection, one after the other: the next begins when the answer before it was made, and
 * taken when the client's backlog is large. Small requests cannot ask for more bytes than a client takes.
 */
export class ReadTurns {
  #busy = false;
  /** The answer before did not fit: the next read waits until the client has taken it. */
  #held = false;
  readonly #waiting: (() => void)[] = [];

  /** Resolves when the read may begin. */
  async enter(): Promise<void> {
    if (this.#busy) await new Promise<void>((begin) => this.#waiting.push(begin));
    else this.#busy = true;
  }

  /** After the answer; when it did not fit, the turn ends with `taken`. */
  leave(fits: boolean): void {
    if (fits) this.#next();
    else this.#held = true;
  }

  /** The client took what waited, or is gone. */
  taken(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#next();
  }

  #next(): void {
    const begin = this.#waiting.shift();
    if (begin) begin();
    else this.#busy = false;
  }
}
