import { median, type Row } from '../harness/report.ts';
import {
  type AppHouse,
  becomeFollower,
  newContext,
  openBrowser,
  openProfile,
} from './app-house.ts';
import type { FloorSite } from './floor-site.ts';
import { MeteredPage, SLOWED } from './meter.ts';

const RUNS = 7;
/** Installing the service worker and its files comes after the first screen. */
const INSTALL_MS = 5_000;

/** From the beginning of a navigation until a post of the channel is drawn. */
export async function measureFirstPost(
  house: AppHouse,
  floor: FloorSite,
  username: string,
): Promise<readonly Row[]> {
  const link = `${house.origin}/#@${username}`;
  const browser = await openBrowser();
  const plain = await runs(async () => {
    const context = await newContext(browser);
    const shownMs = await timed(await context.newPage(), `${floor.origin}/posts?count=50`);
    await context.close();
    return shownMs;
  });
  const cold = await runs(async () => {
    const context = await newContext(browser);
    const shownMs = await timed(await context.newPage(), link);
    await context.close();
    return shownMs;
  });
  await browser.close();
  const profile = await openProfile(house.profile('warm'));
  const page = await profile.newPage();
  await becomeFollower(page, house.origin, username);
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await page.waitForTimeout(INSTALL_MS);
  await page.close();
  const warm = await runs(async () => timed(await profile.newPage(), link));
  await profile.close();
  const against = 'plain page of the same posts';
  const unit = 'ms';
  return [
    { what: `first post shown, plain page of 50, ${SLOWED}× slowed`, value: plain, unit },
    { what: 'first post shown, cold, visitor', value: cold, unit, against, ratio: cold / plain },
    { what: 'first post shown, warm, follower', value: warm, unit, against, ratio: warm / plain },
  ];
}

type Tab = Parameters<typeof MeteredPage.open>[0];

async function timed(page: Tab, url: string): Promise<number> {
  const metered = await MeteredPage.open(page);
  await page.goto(url, { waitUntil: 'commit' });
  const shownMs = await metered.shown('[data-seq]');
  await page.close();
  return shownMs;
}

async function runs(once: () => Promise<number>): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < RUNS; run += 1) taken.push(await once());
  return median(taken);
}
