import type { Row } from '../harness/report.ts';
import { type AppHouse, newContext, openBrowser } from './app-house.ts';
import type { FloorSite } from './floor-site.ts';
import { MeteredPage, type PageFigures, SLOWED, type Walk } from './meter.ts';

/** A quick thumb: some 13,000 pixels a second. */
const STEP_PX = 220;
/** So many of these steps each way are measured, a few thousand posts. */
const STEPS = 1_000;
/** A plain list is the same everywhere: this much of it is enough. */
const FLOOR_STEPS = 600;
/** The rest of the way, not slowed: what stays in memory, and moves that nobody made at no thumb's pace. */
const HURRY_PX = 660;
const MAX_STEPS = 60_000;
const SETTLE_MS = 2_000;

/** Up through every post of a channel and back down, and the same list without an app. */
export async function measureScrolling(
  house: AppHouse,
  floor: FloorSite,
  channel: { readonly username: string; readonly posts: number },
): Promise<readonly Row[]> {
  const { username, posts } = channel;
  const plain = await upAndBack({
    url: `${floor.origin}/posts?count=${posts}`,
    scroller: '#list',
    posts,
    isFloor: true,
  });
  const ours = await upAndBack({
    url: `${house.origin}/#@${username}`,
    scroller: '.log-scroller',
    posts,
    isFloor: false,
  });
  return rowsOf(ours, plain, posts);
}

interface Trip {
  readonly atFirst: Held;
  readonly after: Held;
  readonly up: Way;
  readonly down: Way;
}

interface Way extends Walk, PageFigures {
  /** Absent: the measured steps were all of the way. */
  readonly hurry?: Walk;
}

type Held = Awaited<ReturnType<MeteredPage['held']>> & { readonly elements: number };

async function upAndBack(list: {
  readonly url: string;
  readonly scroller: string;
  readonly posts: number;
  readonly isFloor: boolean;
}): Promise<Trip> {
  const { url, scroller, posts, isFloor } = list;
  const browser = await openBrowser();
  const metered = await MeteredPage.open(await (await newContext(browser)).newPage());
  metered.page.setDefaultTimeout(60_000);
  await metered.page.goto(url);
  await metered.page.locator(`[data-seq="${posts}"]`).waitFor({ state: 'attached' });
  await metered.page.evaluate(
    `document.querySelector('${scroller}').scrollTo({ top: 1e9, behavior: 'instant' })`,
  );
  await metered.page.waitForTimeout(SETTLE_MS);
  const atFirst = await held(metered);
  const walk = (step: number, untilSeq: number, maxFrames: number) =>
    metered.walk({ scroller, step, untilSeq, maxFrames, isFixed: isFloor });
  const go = async (direction: 1 | -1, untilSeq: number): Promise<Way> => {
    await metered.watch();
    const measured = await walk(direction * STEP_PX, untilSeq, isFloor ? FLOOR_STEPS : STEPS);
    const figures = await metered.figures();
    if (isFloor || measured.reached) return { ...figures, ...measured };
    await metered.slow(1);
    const hurry = await walk(direction * HURRY_PX, untilSeq, MAX_STEPS);
    await metered.slow(SLOWED);
    if (!hurry.reached) throw new Error(`${url}: post ${untilSeq} was not reached`);
    return { ...figures, ...measured, hurry };
  };
  const up = await go(-1, 1);
  const down = await go(1, posts);
  await metered.page.waitForTimeout(SETTLE_MS);
  const after = await held(metered);
  await browser.close();
  return { atFirst, after, up, down };
}

async function held(metered: MeteredPage): Promise<Held> {
  const { elements } = await metered.figures();
  return { ...(await metered.held()), elements };
}

function rowsOf(ours: Trip, plain: Trip, posts: number): readonly Row[] {
  const name = posts.toLocaleString('en-US');
  const against = `${name} plain elements`;
  const versus = (what: string, pick: (trip: Trip) => number, unit: string): Row => ({
    what,
    value: pick(ours),
    unit,
    against,
    ratio: pick(ours) / pick(plain),
  });
  return [
    { what: 'script heap before scrolling', value: ours.atFirst.heapBytes / 1e6, unit: 'MB' },
    versus(`script heap after ${name} posts and back`, ({ after }) => after.heapBytes / 1e6, 'MB'),
    { what: 'nodes before scrolling', value: ours.atFirst.nodes, unit: '' },
    versus(`nodes after ${name} posts and back`, ({ after }) => after.nodes, ''),
    versus(`elements after ${name} posts and back`, ({ after }) => after.elements, ''),
    ...(['up', 'down'] as const).flatMap((way) => [
      { what: `scrolling ${way}: pixels`, value: ours[way].px, unit: 'px' },
      {
        what: `scrolling ${way}: steps in which posts were awaited`,
        value: (100 * (ours[way].steps - ours[way].moving)) / ours[way].steps,
        unit: '%',
      },
      { what: `scrolling ${way}: frames dropped`, value: droppedShare(ours[way]), unit: '%' },
      {
        what: `scrolling ${way}: the same, ${against}`,
        value: droppedShare(plain[way]),
        unit: '%',
      },
      { what: `scrolling ${way}: slowest frame`, value: ours[way].slowestFrameMs, unit: 'ms' },
      { what: `scrolling ${way}: long tasks over 50 ms`, value: ours[way].longTasks, unit: '' },
      ...jumpRows(`scrolling ${way}`, ours[way], 2),
      // No thumb is so fast: it comes to the end of what is there, which then moves as it is measured.
      ...(ours[way].hurry ? jumpRows(`hurrying ${way}, not slowed`, ours[way].hurry) : []),
    ]),
  ];
}

function jumpRows(way: string, walk: Walk, target?: number): readonly Row[] {
  const { steps, watched, jumps, maxJumpPx } = walk;
  return [
    {
      what: `${way}: steps in which a post was watched`,
      value: (100 * watched) / steps,
      unit: '%',
    },
    { what: `${way}: moves that nobody made`, value: jumps, unit: '' },
    {
      what: `${way}: largest of them`,
      value: maxJumpPx,
      unit: 'px',
      ...(target !== undefined && { target }),
    },
  ];
}

const droppedShare = ({ dropped, frames }: PageFigures): number =>
  (100 * dropped) / (frames + dropped);
