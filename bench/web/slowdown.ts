import type { Row } from '../harness/report.ts';
import { type AppHouse, newContext, openBrowser } from './app-house.ts';
import { MeteredPage, SLOWED } from './meter.ts';

/**
 * What became of the wish for a slow processor: the same loop in the window and in its worker, with and
 * without it. Chromium slows the thread of a window only; a worker runs as fast as the machine.
 */
export async function measureSlowdown(house: AppHouse): Promise<readonly Row[]> {
  const browser = await openBrowser();
  const quick = await spinAt(1);
  const slow = await spinAt(SLOWED);
  await browser.close();
  const against = 'not slowed';
  const row = (where: 'window' | 'worker'): Row => ({
    what: `the same loop in the ${where}, asked to be ${SLOWED}× slower`,
    value: slow[`${where}Ms`],
    unit: 'ms',
    against,
    ratio: slow[`${where}Ms`] / quick[`${where}Ms`],
  });
  return [row('window'), row('worker')];

  async function spinAt(slowed: number) {
    const context = await newContext(browser);
    const metered = await MeteredPage.open(await context.newPage(), slowed);
    await metered.page.goto(house.origin);
    await metered.page.getByRole('button').first().waitFor();
    await metered.page.waitForTimeout(3_000);
    const took = await metered.spin();
    await context.close();
    return took;
  }
}
