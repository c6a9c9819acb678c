import { type BenchResult, printResult, type Row } from '../harness/report.ts';
import { AppHouse, realLines } from './app-house.ts';
import { measureArrivals } from './arrivals.ts';
import { measureFirstPost } from './first-post.ts';
import { type FloorSite, openFloorSite } from './floor-site.ts';
import { measureScrolling } from './scrolling.ts';
import { measureSlowdown } from './slowdown.ts';

const POSTS = 20_000;
const CHANNEL = 'long_channel';

interface Ground {
  readonly house: AppHouse;
  readonly floor: FloorSite;
  readonly lines: readonly string[];
  /** A channel of that many posts, made when the first part asks for it. */
  readonly longChannel: () => Promise<{ readonly username: string; readonly posts: number }>;
}

const parts: Readonly<Record<string, (ground: Ground) => Promise<readonly Row[]>>> = {
  slowdown: ({ house }) => measureSlowdown(house),
  'first-post': async ({ house, floor, longChannel }) =>
    measureFirstPost(house, floor, (await longChannel()).username),
  arrivals: ({ house, lines }) => measureArrivals(house, lines),
  scrolling: async ({ house, floor, longChannel }) =>
    measureScrolling(house, floor, await longChannel()),
};

/**
 * The app as a person on a slow phone has it, in Chromium on a processor slowed four times. `only`: one
 * part of it, which is told and not kept.
 */
export async function benchWeb(only?: string): Promise<BenchResult> {
  const chosen = only === undefined ? Object.keys(parts) : [only];
  const lines = realLines(POSTS);
  const house = await AppHouse.open();
  const floor = await openFloorSite(lines, 0);
  let made: Promise<unknown> | undefined;
  const longChannel = async () => {
    made ??= house.newChannel(CHANNEL, lines);
    await made;
    return { username: CHANNEL, posts: POSTS };
  };
  const rows: Row[] = [];
  try {
    for (const name of chosen) {
      const measure = parts[name];
      if (!measure) throw new Error(`no part ${name}: choose of ${Object.keys(parts).join(', ')}`);
      const measured = await measure({ house, floor, lines, longChannel });
      if (only === undefined) printResult({ bench: `web, ${name}`, rows: measured });
      rows.push(...measured);
    }
  } finally {
    await floor.close();
    await house.close();
  }
  return { bench: 'web', rows, isPart: only !== undefined };
}
