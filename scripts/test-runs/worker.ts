// Runs test files in this process with node:test and tells the parent process what happens.
import { once } from 'node:events';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import type { TestEvent } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import type { TestResult, WorkerMessage, WorkerOrder } from './messages.ts';

type Finished = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data'];
type Place = {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string | undefined;
};

const order: WorkerOrder = JSON.parse(process.argv[2] ?? '{"files":[]}');
const namesByDepth: string[] = [];
const failedFiles = new Set<string>();
let currentFile = order.files[0] ?? '';
let resultsSent = 0;

// A runner that was killed cannot stop its processes. A listener of `disconnect` would keep this one alive.
const watch = setInterval(() => process.connected || process.kill(-process.pid, 'SIGKILL'), 1000);
watch.unref();
await main();

async function main(): Promise<void> {
  const events = run({
    files: order.files.map((file) => join(order.root, file)),
    isolation: 'none',
    concurrency: false,
  });
  // Listeners run at once; a reader of the stream would miss what a test that exits left in it.
  events
    .on('test:start', ({ nesting, name }) => {
      namesByDepth[nesting] = name;
    })
    .on('test:dequeue', (data) => tell({ kind: 'started', file: fileOf(data), name: data.name }))
    .on('test:complete', (data) => tell({ kind: 'ended', file: fileOf(data), name: data.name }))
    .on('test:diagnostic', ({ message }) => reportStrayError(message))
    .on('test:pass', (data) => reportFinished(data, undefined))
    .on('test:fail', (data) => reportFinished(data, data.details.error))
    .resume();
  await once(events, 'end');
  for (const file of order.files) await reportLoadError(file);
  tell({ kind: 'runDone', results: resultsSent }, disconnect);
}

/** `process.disconnect` drops what is not yet written, so it waits for the last message. */
function disconnect(): void {
  clearInterval(watch);
  process.disconnect();
}

/** node:test ignores an error of a file that had registered a test before it threw. */
async function reportLoadError(file: string): Promise<void> {
  if (failedFiles.has(file)) return;
  await import(pathToFileURL(join(order.root, file)).href).catch((error: unknown) =>
    tell({ kind: 'problem', file, detail: `It did not load: ${inspect(error)}` }),
  );
}

/** node:test tells of an error outside of every running test by a diagnostic only. */
function reportStrayError(message: string): void {
  if (!message.startsWith('Error: ')) return;
  tell({ kind: 'problem', file: order.files.length === 1 ? currentFile : '', detail: message });
}

function reportFinished(data: Finished, failure: Error | undefined): void {
  const isSuite = data.details.type === 'suite';
  if (isSuite && (!failure || isFromSubtest(failure))) return;
  const verdict = failure
    ? { outcome: 'failed' as const, detail: describe(failure) }
    : verdictOfPass(data);
  const file = fileOf(data);
  if (verdict.outcome === 'failed') failedFiles.add(file);
  resultsSent++;
  tell({
    kind: 'result',
    file,
    name: fullName(data.name, data.nesting),
    durationMs: data.details.duration_ms,
    ...verdict,
  });
}

/** A file that passes as if it were a test held none; a todo is a promise, not a pass. */
function verdictOfPass(data: Finished): Pick<TestResult, 'outcome' | 'detail'> {
  if (isFile(data)) return { outcome: 'failed', detail: 'The file holds no test.' };
  if (isMarked(data.todo)) return { outcome: 'failed', detail: 'Marked todo: finish or delete.' };
  if (!isMarked(data.skip)) return { outcome: 'passed', detail: '' };
  return typeof data.skip === 'string' && data.skip !== ''
    ? { outcome: 'skipped', detail: data.skip }
    : { outcome: 'failed', detail: 'Skipped without a reason.' };
}

function isMarked(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false;
}

function isFile(data: Place): boolean {
  return data.nesting === 0 && data.name === data.file;
}

/** node:test names the file that calls `test`, which for a contract suite is not the ordered one. */
function fileOf(data: Place): string {
  const file = data.file ? relative(order.root, data.file) : '';
  if (order.files.includes(file)) currentFile = file;
  return currentFile;
}

function isFromSubtest(error: Error): boolean {
  return 'failureType' in error && error.failureType === 'subtestsFailed';
}

function describe(error: Error): string {
  if (isFromSubtest(error)) return '';
  return inspect(error.cause ?? error, { depth: 6, colors: false });
}

function fullName(name: string, nesting: number): string {
  return [...namesByDepth.slice(0, nesting), name].join(' > ');
}

function tell(message: WorkerMessage, onWritten?: () => void): void {
  process.send?.(message, undefined, undefined, onWritten);
}
