import type { Code } from './tree.ts';

/**
 * Code between two runs of backticks of one length (CommonMark 0.30 §6.1). All runs are found once,
 * so that asking at each of them takes linear time in all.
 */
export class CodeSpans {
  readonly #source: string;
  /** Starts of the runs by length, last first. */
  readonly #startsByLength = new Map<number, number[]>();
  readonly #lengths = new Map<number, number>();

  constructor(source: string, start: number, end: number) {
    this.#source = source;
    for (const { 0: run, index } of source.slice(start, end).matchAll(/`+/g)) {
      this.#lengths.set(start + index, run.length);
      const starts = this.#startsByLength.get(run.length);
      if (starts) starts.push(start + index);
      else this.#startsByLength.set(run.length, [start + index]);
    }
    for (const starts of this.#startsByLength.values()) starts.reverse();
  }

  /** The code that begins at the run at `at`, if it is closed, and where to go on. */
  read(at: number): { readonly code: Code | undefined; readonly next: number } {
    // After an escaped backtick the rest of its run is text.
    const length = this.#lengths.get(at) ?? 1;
    const starts = this.#startsByLength.get(length) ?? [];
    while ((starts.at(-1) ?? at + 1) <= at) starts.pop();
    const close = this.#lengths.has(at) ? starts.at(-1) : undefined;
    const innerStart = at + length;
    if (close === undefined) return { code: undefined, next: innerStart };
    const text = unpad(this.#source.slice(innerStart, close));
    const end = close + length;
    return { code: { type: 'code', text, start: at, end }, next: end };
  }
}

/** One space on either side lets code begin or end with a backtick. */
function unpad(code: string): string {
  const padded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
  return padded ? code.slice(1, -1) : code;
}
