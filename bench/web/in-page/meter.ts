// Runs in the page, before any script of it: what is measured from inside. `../meter.ts` asks it.

const FRAME_MS = 1_000 / 60;

class Meter {
  readonly #shownMs = new Map<string, number>();
  readonly #waiting = new Map<string, () => void>();
  readonly #arrivals = new Map<number, number>();
  #longTasks: number[] = [];
  #intervals: number[] = [];
  #watching = false;

  constructor() {
    new MutationObserver(() => this.#look()).observe(document, { childList: true, subtree: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) this.#longTasks.push(duration);
    }).observe({ type: 'longtask' });
  }

  /** When the first element of this kind was drawn, since the navigation began. */
  async shown(selector: string): Promise<number> {
    if (!this.#shownMs.has(selector) && !document.querySelector(selector)) {
      await new Promise<void>((found) => this.#waiting.set(selector, found));
    }
    this.#shownMs.set(selector, this.#shownMs.get(selector) ?? (await afterPaint()));
    return this.#shownMs.get(selector) ?? Number.NaN;
  }

  /** Names of scripts that were asked for before that moment. */
  scriptsBefore(untilMs: number): readonly string[] {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return entries
      .filter(({ startTime, name }) => startTime <= untilMs && /\.js$/.test(name))
      .map(({ name }) => new URL(name).pathname);
  }

  /** Begins to count frames and long tasks, and to note when each post came. */
  watch(): void {
    this.#longTasks = [];
    this.#intervals = [];
    this.#arrivals.clear();
    this.#watching = true;
    let before = performance.now();
    const tick = (now: number) => {
      this.#intervals.push(now - before);
      before = now;
      if (this.#watching) requestAnimationFrame(tick);
    };
    requestAnimationFrame((now) => {
      before = now;
      requestAnimationFrame(tick);
    });
  }

  figures() {
    this.#watching = false;
    const intervals = this.#intervals;
    const dropped = intervals.map((ms) => Math.max(0, Math.round(ms / FRAME_MS) - 1));
    return {
      frames: intervals.length,
      dropped: sum(dropped),
      slowestFrameMs: Math.max(0, ...intervals),
      longTasks: this.#longTasks.length,
      longTaskMs: sum(this.#longTasks),
      longestTaskMs: Math.max(0, ...this.#longTasks),
      elements: document.querySelectorAll('*').length,
      arrivals: [...this.#arrivals],
    };
  }

  #look(): void {
    for (const [selector, found] of this.#waiting) {
      if (!document.querySelector(selector)) continue;
      this.#waiting.delete(selector);
      found();
    }
    if (!this.#watching) return;
    for (const post of document.querySelectorAll<HTMLElement>('[data-seq]')) {
      const seq = Number(post.dataset['seq']);
      if (!this.#arrivals.has(seq)) this.#arrivals.set(seq, Date.now());
    }
  }
}

function afterPaint(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  });
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

Object.assign(globalThis, { meter: new Meter() });
