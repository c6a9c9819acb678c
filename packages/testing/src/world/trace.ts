import { createHash } from 'node:crypto';

const keptLines = 400;

/** Everything that happened, as one hash, and its end in words. */
export class Trace {
  readonly #hash = createHash('sha256');
  #lines: string[] = [];

  /** What happened, in words. */
  line(text: string): void {
    this.#hash.update(text);
    this.#hash.update('\n');
    this.#lines.push(text);
    if (this.#lines.length > 2 * keptLines) this.#lines = this.#lines.slice(-keptLines);
  }

  /** Bytes that passed. */
  bytes(label: string, bytes: Uint8Array): void {
    this.#hash.update(label);
    this.#hash.update(bytes);
  }

  /** The last lines, oldest first. */
  get tail(): readonly string[] {
    return this.#lines.slice(-keptLines);
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
