import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ServeOrder } from './serve.ts';

/** Shared by all: what was compiled once need not be again. */
const compileCache = join(tmpdir(), 'heliogram-test-compiled');
const script = fileURLToPath(new URL('./serve.ts', import.meta.url));

type Standby = { readonly child: ChildProcessWithoutNullStreams; readonly lines: Lines };
type Lines = AsyncIterator<string>;

/** Real server processes on one data directory and one port, each killed when the next is to run. */
export class ServerProcesses {
  readonly #dataDirectory: string;
  #port = 0;
  #next: Promise<Standby> | undefined;
  #running: ChildProcessWithoutNullStreams | undefined;
  /** What they wrote to stderr and to their log. */
  output = '';

  readonly #options: Omit<ServeOrder, 'dataDirectory' | 'port'>;

  constructor(
    dataDirectory: string,
    options: Partial<Omit<ServeOrder, 'dataDirectory' | 'port'>> = {},
  ) {
    this.#dataDirectory = dataDirectory;
    this.#options = { logLevel: 'warn', ...options };
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number {
    return this.#running?.pid ?? 0;
  }

  /** Resident memory of the process, bytes. */
  get residentBytes(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024;
  }

  get isAlive(): boolean {
    return this.#running !== undefined && this.#running.exitCode === null;
  }

  async start(): Promise<void> {
    const { child, lines } = await (this.#next ?? this.#load());
    const place = { dataDirectory: this.#dataDirectory, port: this.#port };
    const order: ServeOrder = { ...this.#options, ...place };
    child.stdin.write(`${JSON.stringify(order)}\n`);
    this.#running = child;
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the server ended before it listened: ${this.output}`);
      const port = /^listening (\d+)$/.exec(value)?.[1];
      if (port !== undefined) {
        this.#port = Number(port);
        void this.#collect(lines);
        return;
      }
      this.output += `${value}\n`;
    }
  }

  /** Loads the process that will follow this one. */
  prepareNext(): void {
    this.#next = this.#load();
    // Whoever starts it learns of its failure.
    this.#next.catch(() => undefined);
  }

  /** kill -9; resolves when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#running;
    this.#running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    const standby = await this.#next?.catch(() => undefined);
    standby?.child.kill('SIGKILL');
  }

  async #load(): Promise<Standby> {
    const child = spawn(process.execPath, [script], {
      stdio: 'pipe',
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    });
    child.stderr.on('data', (data: Buffer) => {
      this.output += data.toString();
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value } = await lines.next();
    if (value !== 'loaded') throw new Error(`the server does not load: ${this.output}`);
    return { child, lines };
  }

  async #collect(lines: Lines): Promise<void> {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      this.output += `${line.value}\n`;
    }
  }
}
