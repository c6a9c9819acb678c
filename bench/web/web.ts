import type { BenchResult } from '../harness/report.ts';
import { AppHouse, realLines } from './app-house.ts';
import { measureArrivals } from './arrivals.ts';
import { measureFirstPost } from './first-post.ts';
import { openFloorSite } from './floor-site.ts';
import { measureScrolling } from './scrolling.ts';

const POSTS = 20_000;
const CHANNEL = 'long_channel';

/**
 * The app as a person on a slow phone has it, in Chromium on a processor slowed four times. Chromium
 * slows the thread of the window; the app's worker runs at full speed.
 */
export async function benchWeb(): Promise<BenchResult> {
  const lines = realLines(POSTS);
  const house = await AppHouse.open();
  await house.newChannel(CHANNEL, lines);
  const floor = await openFloorSite(lines, 0);
  const rows = [
    ...(await measureFirstPost(house, floor, CHANNEL)),
    ...(await measureArrivals(house, lines)),
    ...(await measureScrolling(house, floor, { username: CHANNEL, posts: POSTS })),
  ];
  await floor.close();
  await house.close();
  return { bench: 'web', rows };
}
