import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What the parent asks of a child and the child answers: one question at a time, matched by order. */
export class Child {
  readonly #process: ChildProcess;
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on('message', (answer) => this.#waiting.shift()?.resolve(answer as Answer));
    child.on('exit', () => {
      for (const { reject } of this.#waiting)
        reject(new Error('a bench process ended while asked'));
      this.#waiting = [];
    });
  }

  static start(script: URL, args: readonly string[] = []): Child {
    const child = fork(fileURLToPath(script), [...args], {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return new Child(child);
  }

  /** Resolves with the answer. Rejects when the child ends first. */
  ask(question: Question): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.send(question);
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill(signal);
    await ended;
  }
}

export type Question = { readonly ask: string; readonly [argument: string]: unknown };
export type Answer = Readonly<Record<string, number>>;

/** The child's side: answers every question with what `handle` resolves to. */
export function answerParent(handle: (question: Question) => Promise<Answer> | Answer): void {
  process.on('message', (question: Question) => {
    void Promise.resolve(handle(question)).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
}

/** Processor time of this process so far, microseconds, and its memory after collecting garbage. */
export function usage(): Answer {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpuUs: user + system, userUs: user, rssBytes: rss, heapBytes: heapUsed };
}
