import type { TestResult } from './messages.ts';
import { OutputTail } from './output-tail.ts';

interface FileTally {
  readonly results: TestResult[];
  readonly output: OutputTail;
}

/** Gathers results per file and in all, and says what a reader needs to know of each. */
export class Tally {
  readonly #files = new Map<string, FileTally>();
  readonly #problems: string[] = [];

  add(result: TestResult): void {
    this.#fileOf(result.file).results.push(result);
  }

  addOutput(file: string, text: string): void {
    this.#fileOf(file).output.add(text);
  }

  /** A failure that no single test can carry: a crash, a hang, a file cut short. */
  addProblem(sentence: string): void {
    this.#problems.push(sentence);
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  hasFailed(file: string): boolean {
    return this.#fileOf(file).results.some((result) => result.outcome === 'failed');
  }

  count(outcome: TestResult['outcome']): number {
    let total = outcome === 'failed' ? this.#problems.length : 0;
    for (const { results } of this.#files.values()) {
      total += results.filter((result) => result.outcome === outcome).length;
    }
    return total;
  }

  /** The line of a finished file, with its failures and, if there are any, its output. */
  describeFile(file: string): string {
    const { results, output } = this.#fileOf(file);
    const failures = results.filter((result) => result.outcome === 'failed');
    const seconds = leavesOf(results).reduce((sum, leaf) => sum + leaf.durationMs, 0) / 1000;
    const mark = failures.length === 0 ? 'ok  ' : 'FAIL';
    const lines = [`${mark} ${file}  ${results.length} tests  ${seconds.toFixed(2)} s`];
    for (const skipped of results.filter((result) => result.outcome === 'skipped')) {
      lines.push(`     skipped: ${skipped.name}: ${skipped.detail}`);
    }
    for (const failure of failures.filter((result) => result.detail !== '')) {
      lines.push('', `  FAIL ${failure.name}`, indent(failure.detail), '');
    }
    if (failures.length > 0 && output.text !== '') lines.push('  output:', indent(output.text), '');
    return lines.join('\n');
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

  #fileOf(file: string): FileTally {
    const known = this.#files.get(file);
    if (known) return known;
    const fresh = { results: [], output: new OutputTail() };
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
