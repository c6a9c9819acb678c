import type { WorkerMessage } from './messages.ts';

/** The tests of one process that have started and not ended. */
export class OpenTests {
  readonly #open: { readonly file: string; readonly name: string }[] = [];
  #lastMessageAt = performance.now();
  #hasStarted = false;

  note(message: WorkerMessage): void {
    this.#lastMessageAt = performance.now();
    if (message.kind === 'started') {
      this.#hasStarted = true;
      this.#open.push({ file: message.file, name: message.name });
    }
    if (message.kind === 'ended') this.#close(message.file, message.name);
  }

  get silentMs(): number {
    return performance.now() - this.#lastMessageAt;
  }

  /** Tests were seen and none is running: a file may take its time to load before its first. */
  get isIdle(): boolean {
    return this.#hasStarted && this.#open.length === 0;
  }

  describe(): string {
    const [first] = this.#open;
    if (!first) return 'no test';
    return `${first.file} (${this.#open.map(({ name }) => name).join(' > ')})`;
  }

  #close(file: string, name: string): void {
    const index = this.#open.findLastIndex((open) => open.file === file && open.name === name);
    if (index >= 0) this.#open.splice(index, 1);
  }
}
