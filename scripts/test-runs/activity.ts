import type { WorkerMessage } from './messages.ts';

interface OpenFile {
  readonly tests: string[];
  /** Whether any test of it was seen: a file may take its time to load. */
  hasStarted: boolean;
  isProcess: boolean;
}

/** What a run is busy with, told from its messages. */
export class Activity {
  readonly #files = new Map<string, OpenFile>();
  #lastMessageAt = performance.now();
  #hasStarted = false;

  note(message: WorkerMessage): void {
    this.#lastMessageAt = performance.now();
    if (message.kind === 'started') this.#start(message.file, message.name);
    if (message.kind === 'ended') this.#end(message.file, message.name);
  }

  get silentMs(): number {
    return performance.now() - this.#lastMessageAt;
  }

  /** Tests were seen and none is running or about to. */
  get isIdle(): boolean {
    const open = [...this.#files.values()];
    return this.#hasStarted && open.every((file) => file.tests.length === 0 && file.hasStarted);
  }

  /** The files whose own process still lives. */
  get openFiles(): readonly string[] {
    return [...this.#files].filter(([, open]) => open.isProcess).map(([file]) => file);
  }

  describe(): string {
    const open = [...this.#files].map(([file, { tests }]) => `${file} (${tests.join(' > ')})`);
    return open.join(', ');
  }

  #start(file: string, name: string): void {
    const open = this.#files.get(file) ?? { tests: [], hasStarted: false, isProcess: false };
    this.#files.set(file, open);
    this.#hasStarted = true;
    if (name === '') {
      open.isProcess = true;
    } else {
      open.hasStarted = true;
      open.tests.push(name);
    }
  }

  #end(file: string, name: string): void {
    const open = this.#files.get(file);
    if (!open) return;
    const index = open.tests.lastIndexOf(name);
    if (index >= 0) open.tests.splice(index, 1);
    if (name === '' || (!open.isProcess && open.tests.length === 0)) this.#files.delete(file);
  }
}
