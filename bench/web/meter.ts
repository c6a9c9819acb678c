import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { CDPSession, Page } from 'playwright-core';

/** A phone of the lower half against the machines that programs are written on. */
export const SLOWED = 4;

export interface PageFigures {
  readonly frames: number;
  readonly dropped: number;
  readonly slowestFrameMs: number;
  readonly longTasks: number;
  readonly longTaskMs: number;
  readonly longestTaskMs: number;
  readonly elements: number;
  /** Sequence numbers with the wall-clock time at which each was in the page. */
  readonly arrivals: readonly (readonly [number, number])[];
}

export interface Walk {
  readonly steps: number;
  /** Steps in which the list could be scrolled on: in the others older posts were awaited. */
  readonly moving: number;
  /** Steps after which one post was looked for where it had to be. */
  readonly watched: number;
  readonly px: number;
  readonly jumps: number;
  readonly maxJumpPx: number;
  readonly reached: boolean;
}

/** A page with the meter in it, on a processor slowed `SLOWED` times: its thread, not its workers. */
export class MeteredPage {
  readonly page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  static async open(page: Page, slowed = SLOWED): Promise<MeteredPage> {
    for (const name of ['meter', 'walk', 'spin'])
      await page.addInitScript({ content: scriptOf(name) });
    const session = await page.context().newCDPSession(page);
    const metered = new MeteredPage(page, session);
    await metered.slow(slowed);
    return metered;
  }

  async slow(times: number): Promise<void> {
    await this.#session.send('Emulation.setCPUThrottlingRate', { rate: times });
  }

  /** Milliseconds from the beginning of the navigation until an element of this kind was drawn. */
  shown(selector: string): Promise<number> {
    return this.page.evaluate(`meter.shown(${JSON.stringify(selector)})`);
  }

  scriptsBefore(untilMs: number): Promise<readonly string[]> {
    return this.page.evaluate(`meter.scriptsBefore(${untilMs})`);
  }

  async watch(): Promise<void> {
    await this.page.evaluate('meter.watch()');
  }

  figures(): Promise<PageFigures> {
    return this.page.evaluate('meter.figures()');
  }

  walk(how: {
    readonly scroller: string;
    readonly step: number;
    readonly untilSeq: number;
    readonly maxFrames: number;
    readonly isFixed: boolean;
  }): Promise<Walk> {
    return this.page.evaluate(`walk(${JSON.stringify(how)})`);
  }

  /** The same loop here and in a worker: which of them is slowed. */
  async spin(): Promise<{ readonly windowMs: number; readonly workerMs: number }> {
    const [worker] = this.page.workers();
    if (!worker) throw new Error('the page has no worker');
    await worker.evaluate(scriptOf('spin'));
    const windowMs = await this.page.evaluate<number>('spin()');
    return { windowMs, workerMs: await worker.evaluate<number>('spin()') };
  }

  /** What is held after collecting garbage: bytes of script of the window, nodes of its documents. */
  async held(): Promise<{ readonly heapBytes: number; readonly nodes: number }> {
    await this.#session.send('HeapProfiler.collectGarbage');
    await this.#session.send('HeapProfiler.collectGarbage');
    await this.#session.send('Performance.enable');
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const of = (name: string) =>
      metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { heapBytes: of('JSHeapUsedSize'), nodes: of('Nodes') };
  }
}

function scriptOf(name: string): string {
  const source = readFileSync(new URL(`in-page/${name}.ts`, import.meta.url), 'utf8');
  return `(() => {${stripTypeScriptTypes(source)}})()`;
}
