import { setTimeout as sleep } from 'node:timers/promises';
import { median, type Row } from '../harness/report.ts';
import { type AppHouse, becomeFollower, newContext, openBrowser } from './app-house.ts';
import { type FloorSite, openFloorSite } from './floor-site.ts';
import { MeteredPage, type PageFigures } from './meter.ts';

const PER_SECOND = 50;
const SECONDS = 10;
const EVERY_MS = 1_000 / PER_SECOND;
const POSTS = PER_SECOND * SECONDS;
const BEFORE = 50;
/** What is still on its way when the last was sent. */
const TAIL_MS = 3_000;

/** A followed channel that stands open at its end while posts come in, against a list that only appends. */
export async function measureArrivals(
  house: AppHouse,
  lines: readonly string[],
): Promise<readonly Row[]> {
  const username = 'arrivals';
  const conversationId = await house.newChannel(username, lines.slice(0, BEFORE));
  const floor = await openFloorSite(lines.slice(0, BEFORE + POSTS), EVERY_MS);
  const browser = await openBrowser();
  const plain = await onFloor(await newPage(browser), floor);
  await floor.close();
  const metered = await newPage(browser);
  await becomeFollower(metered.page, house.origin, username);
  await metered.page.locator(`[data-seq="${BEFORE}"]`).waitFor();
  await sleep(TAIL_MS);
  await metered.watch();
  const sentAt = await send(house, conversationId, lines.slice(BEFORE, BEFORE + POSTS));
  await sleep(TAIL_MS);
  const ours = await metered.figures();
  await browser.close();
  return [...rowsOf(ours, plain), ...arrivalRows(ours, sentAt)];
}

async function newPage(browser: Awaited<ReturnType<typeof openBrowser>>): Promise<MeteredPage> {
  return MeteredPage.open(await (await newContext(browser)).newPage());
}

async function onFloor(metered: MeteredPage, { origin }: FloorSite): Promise<PageFigures> {
  await metered.page.goto(`${origin}/live?count=${BEFORE}`);
  await metered.watch();
  await metered.page.evaluate('begin()');
  await sleep(SECONDS * 1_000 + TAIL_MS);
  return metered.figures();
}

async function send(
  house: AppHouse,
  conversationId: string,
  lines: readonly string[],
): Promise<ReadonlyMap<number, number>> {
  const began = performance.now();
  const posted: Promise<readonly [number, number]>[] = [];
  for (const [index, text] of lines.entries()) {
    await sleep(Math.max(0, began + index * EVERY_MS - performance.now()));
    const at = Date.now();
    const [outgoing] = await house.publisher.posts.send({ conversationId }, [{ text }]);
    if (!outgoing) throw new Error('nothing was sent');
    posted.push(outgoing.posted.then(({ seq }) => [Number(seq), at] as const));
  }
  return new Map(await Promise.all(posted));
}

function rowsOf(ours: PageFigures, plain: PageFigures): readonly Row[] {
  const during = `${PER_SECOND} posts/s for ${SECONDS} s`;
  const against = 'a list that appends';
  const share = ({ dropped, frames }: PageFigures) => (100 * dropped) / (frames + dropped);
  return [
    { what: `${during}: long tasks over 50 ms`, value: ours.longTasks, unit: '' },
    { what: `${during}: the same, ${against}`, value: plain.longTasks, unit: '' },
    { what: `${during}: all long tasks together`, value: ours.longTaskMs, unit: 'ms' },
    { what: `${during}: longest task`, value: ours.longestTaskMs, unit: 'ms' },
    { what: `${during}: slowest frame`, value: ours.slowestFrameMs, unit: 'ms' },
    { what: `${during}: frames dropped`, value: share(ours), unit: '%' },
    { what: `${during}: the same, ${against}`, value: share(plain), unit: '%' },
    { what: `${during}: frames drawn`, ...versus(ours.frames, plain.frames, against) },
  ];
}

function versus(value: number, floor: number, against: string) {
  return { value, unit: '', against, ratio: value / floor };
}

function arrivalRows(ours: PageFigures, sentAt: ReadonlyMap<number, number>): readonly Row[] {
  const shown = new Map(ours.arrivals);
  const delays = [...sentAt].flatMap(([seq, at]) => {
    const shownAt = shown.get(seq);
    return shownAt === undefined ? [] : [shownAt - at];
  });
  const ordered = delays.toSorted((a, b) => a - b);
  return [
    { what: 'posts sent', value: sentAt.size, unit: '' },
    {
      what: 'posts that were in the page',
      value: delays.length,
      unit: '',
      target: POSTS,
      atLeast: true,
    },
    { what: 'from sending to the page, median', value: median(delays), unit: 'ms', target: 300 },
    {
      what: 'from sending to the page, 99th of 100',
      value: ordered[Math.floor(ordered.length * 0.99)] ?? Number.NaN,
      unit: 'ms',
    },
  ];
}
