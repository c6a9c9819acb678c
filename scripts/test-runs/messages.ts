/** One finished test, as the worker tells it. Paths are relative to the repository. */
export interface TestResult {
  readonly kind: 'result';
  readonly file: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly durationMs: number;
  /** Why it failed or was skipped; empty when only a subtest failed. */
  readonly detail: string;
}

export type WorkerMessage =
  | TestResult
  | { readonly kind: 'started' | 'ended'; readonly file: string; readonly name: string }
  | { readonly kind: 'output'; readonly file: string; readonly text: string }
  | { readonly kind: 'fileDone'; readonly file: string }
  | { readonly kind: 'runDone' };

export interface WorkerOrder {
  readonly root: string;
  readonly files: readonly string[];
  readonly isolation: 'none' | 'process';
  readonly concurrency: number;
}
