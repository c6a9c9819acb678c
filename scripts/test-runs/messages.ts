/** One finished test, as its process tells it. Paths are relative to the repository. */
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
  /** An error that belongs to no single test. */
  | { readonly kind: 'problem'; readonly file: string; readonly detail: string }
  /** Every test has ended; `results` says how many results were sent before. */
  | { readonly kind: 'runDone'; readonly results: number };

/** The files that one process runs, in order. */
export interface WorkerOrder {
  readonly root: string;
  readonly files: readonly string[];
}
