import { type BenchResult, printResult, type Row } from '../harness/report.ts';
import { AppHouse, realLines } from './app-house.ts';
import { measureArrivals } from './arrivals.ts';
import { measureFirstPost } from './first-post.ts';
import { openFloorSite } from './floor-site.ts';
import { measureScrolling } from './scrolling.ts';

const POSTS = 20_000;
const CHANNEL = 'long_channel';

/**
 * The app as a person on a slow phone has it, in Chromium on a processor slowed four times. Chromium
 * is asked to slow the window's thread; the rows of the same loop tell what became of the worker.
 */
export async function benchWeb(): Promise<BenchResult> {
  const lines = realLines(POSTS);
  const house = await AppHouse.open();
  await house.newChannel(CHANNEL, lines);
  const floor = await openFloorSite(lines, 0);
  const rows: Row[] = [];
  for (const measure of [
    () => measureFirstPost(house, floor, CHANNEL),
    () => measureArrivals(house, lines),
    () => measureScrolling(house, floor, { username: CHANNEL, posts: POSTS }),
  ]) {
    const measured = await measure();
    printResult({ bench: 'web, so far', rows: measured });
    rows.push(...measured);
  }
  await floor.close();
  await house.close();
  return { bench: 'web', rows };
}
