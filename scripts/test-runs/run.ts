import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { Activity } from './activity.ts';
import type { WorkerMessage, WorkerOrder } from './messages.ts';
import { OutputTail } from './output-tail.ts';
import type { Tally } from './tally.ts';

/** How long a running test may be silent, and how long finished tests may keep a process alive. */
export interface Patience {
  readonly silenceMs: number;
  readonly lingerMs: number;
}

interface RunState {
  readonly activity: Activity;
  readonly filesDone: Set<string>;
  currentFile: string;
  isRunDone: boolean;
}

interface RunOptions {
  readonly order: WorkerOrder;
  readonly tally: Tally;
  readonly patience: Patience;
  readonly write: (line: string) => void;
}

const workerPath = join(import.meta.dirname, 'worker.ts');

/** Runs the ordered files in a worker process; results and problems end up in the tally. */
export async function runTests(options: RunOptions): Promise<void> {
  const { order, tally, write } = options;
  if (order.files.length === 0) return;
  const child = startWorker(order);
  const state = freshState();
  const output = new OutputTail();
  child.stdout?.on('data', (chunk: Buffer) => output.add(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => output.add(chunk.toString()));
  child.on('message', (message: WorkerMessage) => receive(message, state, options));
  const watch = setInterval(() => stopIfStuck(child, state, options), 1000);
  const exit = await ended(child);
  clearInterval(watch);
  if (state.currentFile !== '') write(tally.describeFile(state.currentFile));
  if (!state.isRunDone && !child.killed) {
    tally.addProblem(`The test process ended early (${exit}).`);
  }
  for (const file of filesCutShort(order, state).filter((file) => !tally.hasFailed(file))) {
    tally.addProblem(`${file} ended its process before its tests were done.`);
  }
  const hasFailed = tally.problems.length > 0 || order.files.some((file) => tally.hasFailed(file));
  if (hasFailed && output.text !== '') write(`output of the test process:\n${output.text}`);
}

function startWorker(order: WorkerOrder): ChildProcess {
  // Inside another node:test process the runner would refuse to run anything.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return fork(workerPath, [JSON.stringify(order)], {
    cwd: order.root,
    env,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function freshState(): RunState {
  return { activity: new Activity(), filesDone: new Set(), currentFile: '', isRunDone: false };
}

function receive(message: WorkerMessage, state: RunState, options: RunOptions): void {
  const { tally, write } = options;
  state.activity.note(message);
  switch (message.kind) {
    case 'started':
    case 'ended':
      return;
    case 'output':
      return tally.addOutput(message.file, message.text);
    case 'fileDone':
      state.filesDone.add(message.file);
      return;
    case 'runDone':
      state.isRunDone = true;
      return;
    case 'result':
      if (state.currentFile !== '' && state.currentFile !== message.file) {
        write(tally.describeFile(state.currentFile));
      }
      state.currentFile = message.file;
      tally.add(message);
  }
}

/** A test that waits for ever, or a handle left open, must fail the run, not stall it. */
function stopIfStuck(child: ChildProcess, state: RunState, options: RunOptions): void {
  const { tally, patience } = options;
  const { activity } = state;
  if (child.killed) return;
  if (activity.isIdle && activity.silentMs > patience.lingerMs) {
    const where = activity.openFiles.join(', ') || 'A test of the shared process';
    tally.addProblem(`${where} left something open: the tests are done, the process is not.`);
    child.kill('SIGKILL');
  } else if (activity.silentMs > patience.silenceMs) {
    const seconds = patience.silenceMs / 1000;
    tally.addProblem(`Nothing happened for ${seconds} s; running: ${activity.describe()}.`);
    child.kill('SIGKILL');
  }
}

/** With a process per file, a file whose own summary is missing was cut short by an exit. */
function filesCutShort(order: WorkerOrder, state: RunState): readonly string[] {
  if (order.isolation === 'none' || !state.isRunDone) return [];
  return order.files.filter((file) => !state.filesDone.has(file));
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? `exit status ${code}`));
  });
}
