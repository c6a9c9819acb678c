import type { TestResult } from './messages.ts';

interface FileTally {
  readonly results: TestResult[];
  readonly problems: string[];
  processMs: number | undefined;
}

/** Gathers results per file and in all, and says what a reader needs to know of each. */
export class Tally {
  readonly #files = new Map<string, FileTally>();
  readonly #problems: string[] = [];

  add(result: TestResult): void {
    this.#fileOf(result.file).results.push(result);
  }

  /** A failure that no single test can carry: a crash, a hang, a file cut short. */
  addProblem(sentence: string, file?: string): void {
    this.#problems.push(sentence);
    if (file) this.#fileOf(file).problems.push(sentence);
  }

  /** How long the process of a file took that had one of its own. */
  setProcessTime(file: string, milliseconds: number): void {
    this.#fileOf(file).processMs = milliseconds;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  hasFailed(file: string): boolean {
    const { results, problems } = this.#fileOf(file);
    return problems.length > 0 || results.some((result) => result.outcome === 'failed');
  }

  /** Whether anything is known of the file: a file without a result or a problem has not run. */
  hasReported(file: string): boolean {
    const { results, problems } = this.#fileOf(file);
    return results.length + problems.length > 0;
  }

  count(outcome: TestResult['outcome']): number {
    let total = outcome === 'failed' ? this.#problems.length : 0;
    for (const { results } of this.#files.values()) {
      total += results.filter((result) => result.outcome === outcome).length;
    }
    return total;
  }

  /** The line of a finished file, with its failures. */
  describeFile(file: string): string {
    const { results } = this.#fileOf(file);
    const failures = results.filter((result) => result.outcome === 'failed');
    const seconds = (this.#millisecondsOf(file) / 1000).toFixed(2);
    const mark = this.hasFailed(file) ? 'FAIL' : 'ok  ';
    const lines = [`${mark} ${file}  ${results.length} tests  ${seconds} s`];
    for (const skipped of results.filter((result) => result.outcome === 'skipped')) {
      lines.push(`     skipped: ${skipped.name}: ${skipped.detail}`);
    }
    for (const failure of failures.filter((result) => result.detail !== '')) {
      lines.push('', `  FAIL ${failure.name}`, indent(failure.detail), '');
    }
    return lines.join('\n');
  }

  /** The files that took longest: the first places to look at to make the run faster. */
  describeSlowest(count: number): string {
    const times = [...this.#files.keys()].map((file) => ({ file, ms: this.#millisecondsOf(file) }));
    const slowest = times.sort((one, other) => other.ms - one.ms).slice(0, count);
    const lines = slowest.map(({ file, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
    return ['The slowest files:', ...lines].join('\n');
  }

  summary(): string {
    const skipped = this.count('skipped');
    const counts = [`${this.count('passed')} passed`, `${this.count('failed')} failed`];
    return [...counts, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', ');
  }

  /** Nothing failed and something passed. */
  get isGreen(): boolean {
    return this.count('failed') === 0 && this.count('passed') > 0;
  }

  #millisecondsOf(file: string): number {
    const { results, processMs } = this.#fileOf(file);
    return processMs ?? leavesOf(results).reduce((sum, leaf) => sum + leaf.durationMs, 0);
  }

  #fileOf(file: string): FileTally {
    const known = this.#files.get(file);
    if (known) return known;
    const fresh: FileTally = { results: [], problems: [], processMs: undefined };
    this.#files.set(file, fresh);
    return fresh;
  }
}

function leavesOf(results: readonly TestResult[]): readonly TestResult[] {
  const parents = new Set(results.map(({ name }) => name.slice(0, name.lastIndexOf(' > '))));
  return results.filter(({ name }) => !parents.has(name));
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
