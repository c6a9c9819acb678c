import type { Tally } from './tally.ts';
import { type Patience, TestProcess } from './test-process.ts';

export interface RunOptions {
  readonly root: string;
  /** The files of a group share a process; groups start in this order. */
  readonly groups: readonly (readonly string[])[];
  readonly processesAtOnce: number;
  readonly tally: Tally;
  readonly patience: Patience;
  /** Added to the environment of each test process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly write: (line: string) => void;
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs each group in a process of its own; results and problems end up in the tally. */
export async function runTests(options: RunOptions): Promise<void> {
  const { groups, tally } = options;
  const waiting = groups.filter((group) => group.length > 0);
  const running = new Set<TestProcess>();
  const stop = () => stopAll(running);
  for (const signal of endingSignals) process.once(signal, stop);
  await Promise.all(
    Array.from({ length: options.processesAtOnce }, () => runInTurn(waiting, running, options)),
  );
  for (const signal of endingSignals) process.off(signal, stop);
  for (const file of groups.flat()) {
    if (!tally.hasReported(file)) tally.addProblem(`${file} did not run.`, file);
  }
}

async function runInTurn(
  waiting: (readonly string[])[],
  running: Set<TestProcess>,
  options: RunOptions,
): Promise<void> {
  for (let files = waiting.shift(); files; files = waiting.shift()) {
    const process = new TestProcess({ ...options, files });
    running.add(process);
    await process.ended;
    running.delete(process);
  }
}

/** Test processes lead process groups of their own, so a signal to the runner does not reach them. */
function stopAll(running: ReadonlySet<TestProcess>): void {
  for (const process of running) process.kill();
  process.exit(1);
}
