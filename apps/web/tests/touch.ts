import type { CDPSession, Locator, Page } from 'playwright-core';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Fingers on the screen of a page, each on its way through points. */
export class Fingers {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async on(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page));
  }

  /** They go down, along their ways in as many steps as the longest has, and up. */
  async move(...ways: readonly (readonly Point[])[]): Promise<void> {
    const steps = Math.max(...ways.map((way) => way.length));
    const at = (step: number) =>
      ways.flatMap((way) => {
        const point = way[Math.min(step, way.length - 1)];
        return point ? [point] : [];
      });
    await this.down(...at(0));
    for (let step = 1; step < steps; step++) await this.#send('touchMove', at(step));
    await this.up();
  }

  down(...points: readonly Point[]): Promise<void> {
    return this.#send('touchStart', points);
  }

  up(): Promise<void> {
    return this.#send('touchEnd', []);
  }

  async #send(type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) {
    const touchPoints = points.map(({ x, y }, id) => ({ x, y, id }));
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}

/** From one point to another, in small steps. */
export function line(from: Point, to: Point, steps = 8): readonly Point[] {
  return Array.from({ length: steps + 1 }, (_, step) => ({
    x: from.x + ((to.x - from.x) * step) / steps,
    y: from.y + ((to.y - from.y) * step) / steps,
  }));
}

export async function middleOf(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not drawn`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
