import {
  createContainerDriver,
  createVirtualStore,
  type Driver,
  relayout,
  type Store,
  UPDATE_SCROLL_EVENT,
} from './core.ts';
import { KeyedLayout, type Resizes } from './keyed-layout.ts';

/** A row that comes changes its neighbours: what they measure so soon after is no doing of whoever reads. */
const arrangedLatelyMs = 300;

/**
 * The parts of a list, and what is held while rows come, go or are measured: a measured row that is seen, the
 * same one for as long as it is. The core would hold the first one in view, which is often just being measured
 * or about to change. At rest it is as the core has it, so that what is unfolded unfolds downwards.
 */
export class Holding {
  readonly layout: KeyedLayout;
  readonly store: Store;
  readonly driver: Driver;
  readonly #scroller: () => HTMLElement | null;
  /** What is seen was moved, which scrolling makes good after the next drawing. */
  #moved = false;
  /** Where it was scrolled to before that: a list that is shorter by now has been cut short at its end. */
  #scrolledTo: number | undefined;
  #settling = false;
  /** The key of the row that is held. */
  #held: string | undefined;
  #arrangedAt = Number.NEGATIVE_INFINITY;

  constructor(
    keys: readonly string[],
    parts: { readonly rowPx: number | undefined; readonly scroller: () => HTMLElement | null },
  ) {
    this.layout = new KeyedLayout(keys, parts.rowPx);
    this.store = createVirtualStore(this.layout);
    this.driver = createContainerDriver(this.#observing(), this.layout, false);
    this.#scroller = parts.scroller;
    // Before it is out of sight, so that the next one is a row that was seen beside it.
    this.store.$subscribe(UPDATE_SCROLL_EVENT, () => this.#hold());
  }

  /** Takes other rows. Not `anchored`: the list stays where it is scrolled to, whatever stands there then. */
  arrange(keys: readonly string[], anchored: boolean): void {
    const before = this.layout.keys;
    const isLonger = before.every((key, index) => key === keys[index]);
    if (!isLonger) {
      this.#arrangedAt = performance.now();
      this.#scrolledTo = this.#scroller()?.scrollTop;
    }
    const arrangement = this.layout.arrange(keys, isLonger ? undefined : this.#hold());
    if (anchored) relayout(this.store, arrangement);
    else arrangement.$relayout();
    this.#moved ||= arrangement.movedPx !== 0;
  }

  /** After each drawing. */
  settle(): void {
    this.#settling = true;
    this.driver.$effect();
    this.#settling = false;
    this.#scrolledTo = undefined;
    if (!this.#moved) return;
    this.#moved = false;
    // The core hears too late of where it scrolled itself: until then it would draw what was in view
    // before, and rows that are measured meanwhile would bring it back there.
    this.#scroller()?.dispatchEvent(new Event('scroll'));
  }

  /** The store as the driver has it, with what is held told first. */
  #observing(): Store {
    const { store } = this;
    return {
      ...store,
      $update: (what, seen, more) => {
        if (Array.isArray(seen) && seen.length > 0) this.#measure(seen);
        store.$update(what, seen, more);
      },
      // At the ends the core scrolls to a place, not by a distance. What it knows of the place can be a
      // frame old: what somebody scrolled since then would be lost.
      $getScrollOffset: () => {
        const known = store.$getScrollOffset();
        return this.#settling ? (this.#scrolledTo ?? known) : known;
      },
    };
  }

  #measure(resizes: Resizes): void {
    const atRest =
      !this.store.$isScrolling() && performance.now() - this.#arrangedAt > arrangedLatelyMs;
    this.#scrolledTo = this.#scroller()?.scrollTop;
    const measurement = this.layout.measure(resizes, atRest ? undefined : this.#hold());
    relayout(this.store, measurement);
    this.#moved ||= measurement.movedPx !== 0;
  }

  /** The index of the row to hold; undefined: none is measured. */
  #hold(): number | undefined {
    const { store, layout } = this;
    const scroller = this.#scroller();
    if (!scroller) return undefined;
    // On some systems the core puts off what it makes good; its offsets say by how much.
    const start = scroller.scrollTop + layout.$getItemOffset(0) - store.$getItemOffset(0);
    const end = start + store.$getViewportSize();
    const held = this.#held === undefined ? -1 : layout.indexOf(this.#held);
    const index = layout.measuredBetween(start, end, held < 0 ? undefined : held);
    this.#held = index === undefined ? undefined : layout.keys[index];
    return index;
  }
}
