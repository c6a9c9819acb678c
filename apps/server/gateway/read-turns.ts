import { limits } from '@heliogram/protocol';

/**
 * Reads of one connection: a few at once, each for as long as its answer makes the client's backlog too
 * large. Small requests cannot ask for more bytes than a reader takes.
 */
export class ReadTurns {
  #inside = 0;
  #held = 0;
  readonly #waiting: (() => void)[] = [];

  /** Resolves when the read may begin. */
  async enter(): Promise<void> {
    if (this.#inside < limits.maxReadsAtOncePerConnection) this.#inside += 1;
    else await new Promise<void>((begin) => this.#waiting.push(begin));
  }

  /** After the answer; when it did not fit, the turn ends with `taken`. */
  leave(fits: boolean): void {
    if (fits) this.#next();
    else this.#held += 1;
  }

  /** The client took what waited, or is gone. */
  taken(): void {
    for (; this.#held > 0; this.#held -= 1) this.#next();
  }

  #next(): void {
    const begin = this.#waiting.shift();
    if (begin) begin();
    else this.#inside -= 1;
  }
}
