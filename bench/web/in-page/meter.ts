// Runs in the page, before any script of it: what is measured from inside. `../meter.ts` asks it.

const FRAME_MS = 1_000 / 60;

class Meter {
  readonly #shownMs = new Map<string, number>();
  readonly #waiting = new Map<string, () => void>();
  readonly #arrivals = new Map<number, number>();
  #longTasks: number[] = [];
  #intervals: number[] = [];
  /** Counted, so that a watch that ended does not run on in the next one. */
  #watch = 0;
  #watching = false;

  constructor() {
    new MutationObserver((changes) => this.#look(changes)).observe(document, {
      childList: true,
      subtree: true,
    });
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
    this.#watch += 1;
    const watch = this.#watch;
    let before = performance.now();
    const tick = (now: number) => {
      if (!this.#watching || this.#watch !== watch) return;
      this.#intervals.push(now - before);
      before = now;
      requestAnimationFrame(tick);
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

  #look(changes: readonly MutationRecord[]): void {
    for (const [selector, found] of this.#waiting) {
      if (!document.querySelector(selector)) continue;
      this.#waiting.delete(selector);
      found();
    }
    if (!this.#watching) return;
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    for (const post of added.flatMap(postsWithin)) {
      const seq = Number(post.dataset['seq']);
      if (!this.#arrivals.has(seq)) this.#arrivals.set(seq, Date.now());
    }
  }
}

function postsWithin(node: Node): readonly HTMLElement[] {
  if (!(node instanceof HTMLElement)) return [];
  if (node.dataset['seq'] !== undefined) return [node];
  return [...node.querySelectorAll<HTMLElement>('[data-seq]')];
}

function afterPaint(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  });
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

Object.assign(globalThis, { meter: new Meter() });
