import { after, before, isPunctuation, isSpace, isUnspaced } from './characters.ts';
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

/** What stands beside a run, as far as it matters. */
interface Side {
  readonly space: boolean;
  readonly punctuation: boolean;
  /** Of writing without spaces between words. */
  readonly unspaced: boolean;
}

/**
 * Classifies the run at `at`: left- and right-flanking of CommonMark §6.2 with the CJK-friendly
 * amendments. Punctuation beside a run asks for a space or punctuation on the other side, since a
 * word would begin or end there; writing without spaces has none to give.
 */
export function readRun(
  source: string,
  at: number,
  { start, end }: { readonly start: number; readonly end: number },
): Run {
  const mark = source[at] ?? '';
  let runEnd = at + 1;
  while (runEnd < end && source[runEnd] === mark) runEnd++;
  const left = sideBefore(source, at, start);
  const right = sideOf(after(source, runEnd, end));
  const leftFlanking = flanks(right, left);
  const rightFlanking = flanks(left, right);
  const length = runEnd - at;
  const run = { mark, length, canOpen: leftFlanking, canClose: rightFlanking };
  if (mark === '_') {
    run.canOpen = leftFlanking && (!rightFlanking || left.punctuation);
    run.canClose = rightFlanking && (!leftFlanking || right.punctuation);
  }
  // One tilde is an approximate number or a range, and three are a fence.
  if (mark === '~' && length !== 2) Object.assign(run, { canOpen: false, canClose: false });
  return { ...run, start: at, end: runEnd };
}

function flanks(inner: Side, outer: Side): boolean {
  if (inner.space) return false;
  if (!inner.punctuation || inner.unspaced) return true;
  return outer.space || outer.punctuation || outer.unspaced;
}

function sideOf(character: string): Side {
  return asciiSides[character.codePointAt(0) ?? 0x20] ?? newSide(character);
}

function newSide(character: string): Side {
  return {
    space: isSpace(character),
    punctuation: isPunctuation(character),
    unspaced: isUnspaced(character),
  };
}

const asciiSides: readonly Side[] = Array.from({ length: 0x80 }, (_, code) =>
  newSide(String.fromCharCode(code)),
);

/** A variation selector says nothing by itself: what it follows decides. */
function sideBefore(source: string, at: number, start: number): Side {
  const last = before(source, at, start);
  if (/^[\u{e0100}-\u{e01ef}]$/u.test(last)) return { ...sideOf(last), unspaced: true };
  if (!/^[\ufe00-\ufe0e]$/.test(last)) return sideOf(last);
  const base = before(source, at - 1, start);
  const fullWidth = last === '\ufe01' && /^[‘’“”]$/.test(base);
  return { ...sideOf(base), ...(fullWidth && { unspaced: true }) };
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
    const kind = `${mark}${canOpen}${length % 3}`;
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
  if (opener.mark === '~') return true;
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
