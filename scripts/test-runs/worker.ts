// Runs test files with node:test and tells its parent what happens, event by event.
import { join, relative } from 'node:path';
import { run } from 'node:test';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';
import type { TestResult, WorkerMessage, WorkerOrder } from './messages.ts';

type Finished = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>;

const order: WorkerOrder = JSON.parse(process.argv[2] ?? '{}');
const namesByDepth: string[] = [];

await main();

async function main(): Promise<void> {
  const events = run({
    files: order.files.map((file) => join(order.root, file)),
    isolation: order.isolation,
    concurrency: order.isolation === 'none' ? false : order.concurrency,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  for await (const event of events) report(event);
  tell({ kind: 'runDone' });
  process.disconnect();
}

function report(event: TestEvent): void {
  switch (event.type) {
    case 'test:start':
      namesByDepth[event.data.nesting] = event.data.name;
      return;
    case 'test:dequeue':
      return tell({ kind: 'started', file: shown(event.data.file), name: nameOf(event.data) });
    case 'test:stdout':
    case 'test:stderr':
      return tell({ kind: 'output', file: shown(event.data.file), text: event.data.message });
    case 'test:summary':
      if (event.data.file) tell({ kind: 'fileDone', file: shown(event.data.file) });
      return;
    case 'test:complete':
      return tell({ kind: 'ended', file: shown(event.data.file), name: nameOf(event.data) });
    case 'test:pass':
    case 'test:fail':
      return reportFinished(event);
  }
}

function reportFinished(event: Finished): void {
  const { data } = event;
  const isSuite = data.details.type === 'suite';
  const failure = event.type === 'test:fail' ? event.data.details.error : undefined;
  if (isSuite && (!failure || isFromSubtest(failure))) return;
  const result = {
    kind: 'result' as const,
    file: shown(data.file),
    name: fullName(data.name, data.nesting),
    durationMs: data.details.duration_ms,
  };
  if (failure) return tell({ ...result, outcome: 'failed', detail: describe(failure) });
  tell({ ...result, ...verdictOfPass(data) });
}

/** A file that passes as if it were a test held none; a todo is a promise, not a pass. */
function verdictOfPass(data: Finished['data']): Pick<TestResult, 'outcome' | 'detail'> {
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

function isFile(data: { name: string; nesting: number; file?: string | undefined }): boolean {
  return data.nesting === 0 && data.name === data.file;
}

/** A file's own process has no name among its tests. */
function nameOf(data: { name: string; nesting: number; file?: string | undefined }): string {
  return isFile(data) ? '' : data.name;
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

function shown(file: string | undefined): string {
  return file ? relative(order.root, file) : '';
}

function tell(message: WorkerMessage): void {
  process.send?.(message);
}
