import { after, before, isPunctuation, isSpace } from './characters.ts';
import type { Style } from './tree.ts';

/** A run of `*`, `_` or `~`; `start` and `end` shrink as pairs are made of it. */
export interface Run {
  readonly mark: string;
  readonly length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
  start: number;
  end: number;
}

export interface StyleMark {
  readonly type: Style;
  readonly start: number;
  readonly end: number;
  readonly innerStart: number;
  readonly innerEnd: number;
}

/** Classifies the run at `at` (CommonMark 0.30 §6.2: left- and right-flanking). */
export function readRun(
  source: string,
  at: number,
  { start, end }: { readonly start: number; readonly end: number },
): Run {
  const mark = source[at] ?? '';
  let runEnd = at + 1;
  while (runEnd < end && source[runEnd] === mark) runEnd++;
  const [left, right] = [before(source, at, start), after(source, runEnd, end)];
  const leftFlanking =
    !isSpace(right) && (!isPunctuation(right) || isSpace(left) || isPunctuation(left));
  const rightFlanking =
    !isSpace(left) && (!isPunctuation(left) || isSpace(right) || isPunctuation(right));
  const length = runEnd - at;
  const flanks = { canOpen: leftFlanking, canClose: rightFlanking };
  if (mark === '_') {
    flanks.canOpen = leftFlanking && (!rightFlanking || isPunctuation(left));
    flanks.canClose = rightFlanking && (!leftFlanking || isPunctuation(right));
  }
  if (mark === '~' && length > 2) Object.assign(flanks, { canOpen: false, canClose: false });
  return { mark, length, ...flanks, start: at, end: runEnd };
}

/** Pairs the runs of one stretch of text. */
export function pairRuns(runs: readonly Run[]): StyleMark[] {
  const openers = new Openers();
  return runs.flatMap((run) => {
    const marks = run.canClose ? openers.pairWith(run) : [];
    if (run.canOpen && run.start < run.end) openers.push(run);
    return marks;
  });
}

/** Runs that wait for a closer. A search that failed is not repeated, which keeps time linear. */
class Openers {
  readonly #runs: Run[] = [];
  /** For each kind of closer: below this height of the stack nothing opens for it. */
  readonly #floors = new Map<string, number>();

  push(run: Run): void {
    this.#runs.push(run);
  }

  pairWith(closer: Run): StyleMark[] {
    const { mark, canOpen, length } = closer;
    const kind = `${mark}${canOpen}${mark === '~' ? length : length % 3}`;
    const marks: StyleMark[] = [];
    while (closer.start < closer.end) {
      const at = findOpener(this.#runs, closer, this.#floors.get(kind) ?? 0);
      if (at < 0) {
        this.#floors.set(kind, this.#runs.length);
        break;
      }
      marks.push(pair(this.#runs, at, closer));
      this.#lowerFloors();
    }
    return marks;
  }

  #lowerFloors(): void {
    for (const [kind, floor] of this.#floors) {
      this.#floors.set(kind, Math.min(floor, this.#runs.length));
    }
  }
}

function findOpener(openers: readonly Run[], closer: Run, floor: number): number {
  for (let at = openers.length - 1; at >= floor; at--) {
    const opener = openers[at];
    if (opener && opens(opener, closer)) return at;
  }
  return -1;
}

function opens(opener: Run, closer: Run): boolean {
  if (opener.mark !== closer.mark) return false;
  if (opener.mark === '~') return opener.length === closer.length;
  const ambiguous = opener.canClose || closer.canOpen;
  const bothByThree = opener.length % 3 === 0 && closer.length % 3 === 0;
  return !ambiguous || (opener.length + closer.length) % 3 !== 0 || bothByThree;
}

/** Takes marks off the inner ends of both runs; openers between the two are text. */
function pair(openers: Run[], at: number, closer: Run): StyleMark {
  const opener = openers[at] ?? closer;
  const double = opener.end - opener.start >= 2 && closer.end - closer.start >= 2;
  const width = double ? 2 : 1;
  const [innerStart, innerEnd] = [opener.end, closer.start];
  opener.end -= width;
  closer.start += width;
  openers.length = opener.start < opener.end ? at + 1 : at;
  const emphasis = double ? 'bold' : 'italic';
  const type = opener.mark === '~' ? 'strike' : emphasis;
  return { type, start: opener.end, end: closer.start, innerStart, innerEnd };
}
