import type { Arrangement, Layout } from './core.ts';

/** Until the rows of a first screen are measured. */
const guessPx = 40;
const unmeasured = -1;

export interface KeyedArrangement extends Arrangement {
  /** How far what is seen was moved by it: pixels, downwards positive. */
  readonly movedPx: number;
}

/** Slots of rows, and pixels. */
export type Resizes = readonly (readonly [slot: number, size: number])[];

interface Row {
  readonly key: string;
  readonly slot: number;
  index: number;
  size: number;
}

/**
 * The sizes of rows by what the rows are, not by where they stand: whatever comes, goes or changes
 * places at either end or between, a row that stays keeps its size. What is drawn reports its size
 * under its slot, a number that stays the same: to the core a row under another index would be
 * another row, and what changes its size while it moves would not be made good. The core takes the
 * functions of a layout off it, so those are bound.
 */
export class KeyedLayout implements Layout {
  #keys: readonly string[] = [];
  #rows: readonly Row[] = [];
  #byKey: ReadonlyMap<string, Row> = new Map();
  #bySlot: ReadonlyMap<number, Row> = new Map();
  #nextSlot = 0;
  /** Where rows begin, right for those up to `#known`; one more than there are rows, for the end. */
  readonly #offsets: number[] = [0];
  #known = 0;
  #estimate: number;
  #estimating: boolean;
  #measuredPx = 0;

  /** `rowPx`: what an unmeasured row takes; left out, it is the median of the first screen. */
  constructor(keys: readonly string[], rowPx?: number) {
    this.#estimate = rowPx ?? guessPx;
    this.#estimating = rowPx === undefined;
    this.#take(keys);
  }

  get keys(): readonly string[] {
    return this.#keys;
  }

  /** The row's number in what is measured; -1: there is no such row. */
  slotOf(key: string): number {
    return this.#byKey.get(key)?.slot ?? -1;
  }

  /** -1: there is no such row. */
  indexOf(key: string): number {
    return this.#byKey.get(key)?.index ?? -1;
  }

  /** Its size is a guess, and so is where those after it stand. */
  isGuessed(index: number): boolean {
    return this.#rows[index]?.size === unmeasured;
  }

  /**
   * Takes other rows, seen from one that is there before and after: the one at `seen`, or else the one that
   * the core asks for, or the next one after it that stays. Where none stays, nothing is held.
   */
  arrange(keys: readonly string[], seen?: number): KeyedArrangement {
    const indexes = new Map(keys.map((key, index) => [key, index]));
    const held = { from: 0, to: 0, movedPx: 0 };
    return {
      get movedPx() {
        return held.movedPx;
      },
      $getItemOffset: (index) => {
        if (this.#keys === keys) return this.$getItemOffset(held.to);
        const from = seen ?? index;
        const stays = this.#keys.findIndex((key, at) => at >= from && indexes.has(key));
        held.from = Math.max(0, stays);
        held.to = indexes.get(this.#keys[stays] ?? '') ?? 0;
        return this.$getItemOffset(held.from);
      },
      $relayout: () => {
        const before = this.$getItemOffset(held.from);
        this.#take(keys);
        held.movedPx = this.$getItemOffset(held.to) - before;
        return true;
      },
    };
  }

  /** The sizes of slots, seen from the row at `seen`, or else from the one that the core asks for. */
  measure(resizes: Resizes, seen?: number): KeyedArrangement {
    const held = { index: 0, movedPx: 0 };
    return {
      get movedPx() {
        return held.movedPx;
      },
      $getItemOffset: (index) => {
        held.index = seen ?? index;
        return this.$getItemOffset(held.index);
      },
      $relayout: () => {
        const before = this.$getItemOffset(held.index);
        this.#measure(resizes);
        held.movedPx = this.$getItemOffset(held.index) - before;
        return held.movedPx !== 0;
      },
    };
  }

  /** The row of known size between two places that is nearest to the row at `near`, or to the middle. */
  measuredBetween(start: number, end: number, near?: number): number | undefined {
    const [first, last] = [this.$findIndex(start), this.$findIndex(end)];
    const wanted = near ?? this.$findIndex((start + end) / 2);
    const from = Math.min(last, Math.max(first, wanted));
    for (let far = 0; far <= last - first; far++) {
      const found = [from + far, from - far].find(
        (index) => index >= first && index <= last && this.#rows[index] && !this.isGuessed(index),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  readonly $getRange = (startOffset: number, endOffset: number): [start: number, end: number] => {
    return [this.$findIndex(startOffset), this.$findIndex(endOffset)];
  };

  readonly $findIndex = (offset: number): number => {
    let [low, high] = [0, this.#rows.length - 1];
    let found = 0;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (this.$getItemOffset(middle) <= offset) {
        found = middle;
        low = middle + 1;
      } else high = middle - 1;
    }
    return found;
  };

  readonly $getItemOffset = (index: number): number => {
    const until = Math.min(index, this.#rows.length);
    for (; this.#known < until; this.#known++) {
      this.#offsets[this.#known + 1] =
        (this.#offsets[this.#known] ?? 0) + this.$getItemSize(this.#known);
    }
    return this.#offsets[until] ?? 0;
  };

  readonly $getItemSize = (index: number): number => {
    const { size = unmeasured } = this.#rows[index] ?? {};
    return size === unmeasured ? this.#estimate : size;
  };

  /** With a size the core asks for a slot, of which it heard that size; without, for an index. */
  readonly $isSizeEqual = (slotOrIndex: number, size?: number): boolean => {
    if (size === undefined) return this.isGuessed(slotOrIndex);
    const row = this.#bySlot.get(slotOrIndex);
    return row === undefined || row.size === size;
  };

  readonly $setItemSizes = (resizes: Resizes, viewportSize: number): void => {
    this.#measure(resizes);
    // Less than a screen may be what stands in for rows that are not there yet.
    if (this.#estimating && viewportSize > 0 && this.#measuredPx > viewportSize) this.#learn();
  };

  readonly $getTotalSize = (): number => {
    return this.$getItemOffset(this.#rows.length);
  };

  readonly $getLength = (): number => {
    return this.#rows.length;
  };

  /** The core's way to take other rows, which knows no keys: `arrange` is ours. */
  readonly $setLength = (length: number): void => {
    if (length !== this.#rows.length) throw new Error('a keyed layout is arranged by keys');
  };

  readonly $isEstimating = (): boolean => {
    return this.#estimating;
  };

  #measure(resizes: Resizes): void {
    for (const [slot, size] of resizes) {
      const row = this.#bySlot.get(slot);
      if (!row) continue;
      this.#measuredPx += size - Math.max(0, row.size);
      row.size = size;
      this.#known = Math.min(this.#known, row.index);
    }
  }

  #learn(): void {
    const sizes = this.#rows.map(({ size }) => size).filter((size) => size > 0);
    const measured = sizes.toSorted((a, b) => a - b);
    const middle = measured.length >> 1;
    const high = measured[middle];
    const low = measured.length % 2 === 0 ? measured[middle - 1] : high;
    if (low === undefined || high === undefined) return;
    this.#estimate = (low + high) / 2;
    this.#estimating = false;
    this.#known = 0;
  }

  #take(keys: readonly string[]): void {
    const same = keys.findIndex((key, index) => key !== this.#keys[index]);
    this.#known = Math.min(this.#known, same < 0 ? keys.length : same);
    this.#rows = keys.map((key, index) => {
      const row = this.#byKey.get(key);
      if (!row) return { key, index, slot: this.#nextSlot++, size: unmeasured };
      row.index = index;
      return row;
    });
    this.#keys = keys;
    this.#byKey = new Map(this.#rows.map((row) => [row.key, row]));
    this.#bySlot = new Map(this.#rows.map((row) => [row.slot, row]));
  }
}
