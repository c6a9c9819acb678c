import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { BenchResult, Row } from '../harness/report.ts';
import { AppHouse, becomeFollower, newContext, openBrowser, realLines } from './app-house.ts';
import { MeteredPage } from './meter.ts';

/** Script before the first screen, gzip. */
const BUDGET_KB = 150;
const CHANNEL = 'size_channel';
/** What comes by itself after a screen is there, the service worker's files included, has so long. */
const SETTLE_MS = 6_000;

/** Script that Chromium really asks for before a first screen is drawn, and what it asks for after. */
export async function benchWebSize(): Promise<BenchResult> {
  const house = await AppHouse.open();
  await house.newChannel(CHANNEL, realLines(60));
  const browser = await openBrowser();
  const visitor = await newContext(browser);
  const welcome = await loaded(await visitor.newPage(), house.origin, 'h1');
  const channel = await loaded(
    await (await newContext(browser)).newPage(),
    `${house.origin}/#@${CHANNEL}`,
    '[data-seq]',
  );
  const member = await newContext(browser);
  const page = await member.newPage();
  await becomeFollower(page, house.origin, CHANNEL);
  await page.close();
  const chats = await loaded(await member.newPage(), house.origin, '[data-chat]');
  await browser.close();
  const rows = [
    ...rowsOf(house, 'welcome', welcome),
    ...rowsOf(house, 'chat list', chats),
    ...rowsOf(house, 'channel, visitor', channel),
  ];
  await house.close();
  if (rows.some(({ value, target = Infinity }) => value > target)) process.exitCode = 1;
  return { bench: 'web-size', rows };
}

interface Loaded {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly workers: readonly string[];
}

async function loaded(page: Page, url: string, screen: string): Promise<Loaded> {
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(new URL(worker.url()).pathname));
  const metered = await MeteredPage.open(page, 1);
  await page.goto(url);
  const shownMs = await metered.shown(screen);
  const asked = await metered.scriptsBefore(shownMs);
  await page.waitForTimeout(SETTLE_MS);
  const all = await metered.scriptsBefore(Number.MAX_VALUE);
  for (const worker of page.workers()) {
    workers.push(...(await worker.evaluate<readonly string[]>(ASKED_BY_WORKER)));
  }
  for (const worker of page.context().serviceWorkers()) {
    workers.push(new URL(worker.url()).pathname);
  }
  const notWorkers = (paths: readonly string[]) => paths.filter((path) => !workers.includes(path));
  const before = notWorkers(asked);
  const after = notWorkers(all).filter((path) => !before.includes(path));
  return { before, after, workers };
}

function rowsOf(
  house: AppHouse,
  screen: string,
  { before, after, workers }: Loaded,
): readonly Row[] {
  const row = (what: string, paths: readonly string[], pack: Pack = gzip): Row => ({
    what: `${screen}, ${what}`,
    value: paths.reduce((sum, path) => sum + pack(house.file(path)), 0) / 1_000,
    unit: pack === gzip ? 'KB gzip' : 'KB brotli',
  });
  return [
    ...before.map((path) => row(`before: ${path}`, [path])),
    { ...row('before: all', before), target: BUDGET_KB },
    row('before: all', before, brotli),
    ...after.map((path) => row(`after: ${path}`, [path])),
    ...workers.map((path) => row(`worker: ${path}`, [path])),
  ];
}

/** Script and programs of a worker; what it reads of the server is none. */
const ASKED_BY_WORKER = `performance.getEntriesByType('resource')
  .map(({ name }) => new URL(name).pathname)
  .filter((path) => /^\\/assets\\//.test(path))`;

type Pack = (bytes: Uint8Array) => number;

const gzip: Pack = (bytes) => gzipSync(bytes, { level: 9 }).length;
const brotli: Pack = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
