import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../../../../scripts/chromium.ts';
import { type ChannelSite, serveChannel } from './channel-site.ts';

/** A browser and the screen's site, for as long as the tests of a file run. */
export class ChannelBench {
  readonly #site: ChannelSite;
  readonly #browser: Browser;
  readonly troubles: string[] = [];

  private constructor(site: ChannelSite, browser: Browser) {
    this.#site = site;
    this.#browser = browser;
  }

  static async open(): Promise<ChannelBench> {
    const site = await serveChannel();
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: [...chromiumArguments],
    });
    return new ChannelBench(site, browser);
  }

  /** `asked`: a query of the page, with a fragment if wanted. */
  async page(asked: string, size = { width: 1_280, height: 800 }): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: size, reducedMotion: 'reduce' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.troubles.push(error.message));
    await page.goto(`${this.#site.url}?${asked}`);
    await page.waitForSelector('.post, .log-placeholder', { timeout: 60_000 });
    await atRest(page);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#site.close();
  }
}

/** Until a log has come to where it goes: the posts stand in the same places for some time, frame by frame. */
export function atRest(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const places = () => {
      const log = document.querySelector('.log-scroller');
      const posts = [...(log?.querySelectorAll<HTMLElement>('[data-seq]') ?? [])];
      const tops = posts.map((post) => [post.dataset['seq'], post.getBoundingClientRect().top]);
      return JSON.stringify([log?.scrollTop, log?.scrollHeight, ...tops]);
    };
    let since = performance.now();
    let frames = 0;
    for (let before = places(); frames < 20 || performance.now() - since < 400; ) {
      await new Promise(requestAnimationFrame);
      const now = places();
      frames++;
      if (now !== before) [frames, since] = [0, performance.now()];
      before = now;
    }
  });
}

export interface Standing {
  readonly seq: number;
  readonly top: number;
}

/** The first post that begins in view, and how far below the log's top it does. */
export function standing(page: Page): Promise<Standing> {
  return page.evaluate(() => {
    const log = document.querySelector('.log-scroller')?.getBoundingClientRect() ?? new DOMRect();
    const first = [...document.querySelectorAll<HTMLElement>('[data-seq]')].find(
      (post) => post.getBoundingClientRect().top >= log.top,
    );
    return {
      seq: Number(first?.dataset['seq'] ?? 0),
      top: Math.round((first?.getBoundingClientRect().top ?? 0) - log.top),
    };
  });
}

/** How far below the end of what is in view the log goes on, pixels. */
export function belowEnd(page: Page): Promise<number> {
  return page.evaluate(() => {
    const log = document.querySelector('.log-scroller');
    return log ? Math.round(log.scrollHeight - log.scrollTop - log.clientHeight) : -1;
  });
}
