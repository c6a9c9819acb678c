import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TestResult, WorkerMessage } from './messages.ts';
import { OpenTests } from './open-tests.ts';
import { OutputTail } from './output-tail.ts';
import type { Tally } from './tally.ts';

/** How long a running test may be silent, and how long finished tests may keep a process alive. */
export interface Patience {
  readonly silenceMs: number;
  readonly lingerMs: number;
}

interface TestProcessOptions {
  readonly root: string;
  readonly files: readonly string[];
  readonly tally: Tally;
  readonly patience: Patience;
  readonly env?: Readonly<Record<string, string>>;
  readonly write: (line: string) => void;
}

const workerPath = join(import.meta.dirname, 'worker.ts');
const outputCloseMs = 5_000;

/** One process that runs one or more test files, from its start to its end. */
export class TestProcess {
  /** Resolves when the process has ended and the tally holds all that it told. */
  readonly ended: Promise<void>;
  readonly #options: TestProcessOptions;
  readonly #child: ChildProcess;
  readonly #openTests = new OpenTests();
  readonly #output = new OutputTail();
  readonly #startedAt = performance.now();
  #currentFile = '';
  #resultsReceived = 0;
  #resultsSent: number | undefined;
  /** Why this process was killed; empty when it was not. */
  #killReason = '';

  constructor(options: TestProcessOptions) {
    this.#options = options;
    this.#child = startWorker(options);
    this.#child.on('message', (message: WorkerMessage) => this.#receive(message));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.#output.add(chunk.toString()));
    }
    this.ended = this.#follow();
  }

  /** Kills the process and every process that it started and that stayed in its group. */
  kill(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // No process of the group is left.
    }
  }

  async #follow(): Promise<void> {
    const watch = setInterval(() => this.#stopIfStuck(), 1000);
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    const exit = await exitOf(this.#child);
    clearInterval(watch);
    this.kill();
    // A process outside of the group may hold the output open for ever.
    await Promise.race([closed, wait(outputCloseMs, undefined, { ref: false })]);
    this.#judge(exit);
    this.#describe();
  }

  #receive(message: WorkerMessage): void {
    const { tally } = this.#options;
    this.#openTests.note(message);
    switch (message.kind) {
      case 'started':
      case 'ended':
        this.#currentFile = message.file;
        return;
      case 'problem':
        return tally.addProblem(`${message.file || this.#names}: ${message.detail}`, message.file);
      case 'runDone':
        this.#resultsSent = message.results;
        return;
      case 'result':
        return this.#addResult(message);
    }
  }

  #addResult(result: TestResult): void {
    this.#resultsReceived++;
    this.#options.tally.add(result);
  }

  /** A test that waits for ever, or a handle left open, must fail the run, not stall it. */
  #stopIfStuck(): void {
    const { patience } = this.#options;
    if (this.#killReason !== '') return;
    if (this.#openTests.isIdle && this.#openTests.silentMs > patience.lingerMs) {
      this.#killReason = 'left something open: the tests are done, the process is not';
    } else if (this.#openTests.silentMs > patience.silenceMs) {
      const seconds = patience.silenceMs / 1000;
      this.#killReason = `was stopped: nothing happened for ${seconds} s in ${this.#openTests.describe()}`;
    }
    if (this.#killReason !== '') this.kill();
  }

  #judge(exit: string): void {
    const { tally, files } = this.#options;
    if (this.#killReason !== '') {
      tally.addProblem(`${this.#names} ${this.#killReason}.`, this.#currentFile);
    } else if (this.#resultsSent === undefined) {
      this.#nameUnfinished(exit);
    } else if (this.#resultsSent !== this.#resultsReceived) {
      const arrived = `${this.#resultsReceived} of ${this.#resultsSent} results arrived`;
      tally.addProblem(`${this.#names}: ${arrived}.`, files[0]);
    } else if (exit !== 'exit status 0' && !files.some((file) => tally.hasFailed(file))) {
      tally.addProblem(`${this.#names} ended with ${exit}.`, files[0]);
    }
  }

  /** Files run in order, so those after the current one have not run. */
  #nameUnfinished(exit: string): void {
    const { tally, files } = this.#options;
    for (const file of files.slice(Math.max(0, files.indexOf(this.#currentFile)))) {
      tally.addProblem(`${file} did not run to its end: its process ended early (${exit}).`, file);
    }
  }

  #describe(): void {
    const { tally, files, write } = this.#options;
    const [file] = files;
    if (files.length === 1 && file) tally.setProcessTime(file, performance.now() - this.#startedAt);
    for (const each of files) write(tally.describeFile(each));
    const hasFailed = files.some((each) => tally.hasFailed(each));
    if (hasFailed && this.#output.text !== '') {
      write(`output of the test process:\n${this.#output.text}`);
    }
  }

  get #names(): string {
    return this.#options.files.join(', ');
  }
}

function startWorker({ root, files, env }: TestProcessOptions): ChildProcess {
  // Inside another node:test process the runner would refuse to run anything.
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  return fork(workerPath, [JSON.stringify({ root, files })], {
    cwd: root,
    env: { ...inherited, ...env },
    detached: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** Messages may arrive after the exit is known; the end of the channel comes after the last of them. */
async function exitOf(child: ChildProcess): Promise<string> {
  const exit = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
  });
  if (child.connected) await once(child, 'disconnect');
  return exit;
}
