import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openBrowser, openHouse, type RunningHouse, visit } from './house.ts';
import { createChannel, go, patienceMs, postWith, publish, signUp } from './people.ts';

const realLines = join(import.meta.dirname, '../../../../shared/data/irc/2010-08-17_18.txt');
const tolerancePx = 2;

test('a channel opens at the first unread; nothing that comes above or below moves what is read', async (t) => {
  const house = await openHouse(t);
  await house.run('writer', 'sign-up', '--server', house.origin, '--name', 'Writer');
  await house.run('writer', 'channel', 'create', '--title', 'Long log', '--username', 'long_log');
  const lines = talk(300);
  await post(house, lines.slice(0, 200));
  const browser = await openBrowser(t);
  const { page, complaints } = await visit(browser, house.origin);
  await signUp(page, 'Reader');
  await go(page, '#@long_log');
  await page.getByRole('button', { name: 'Follow' }).click();
  await seq(page, 200).waitFor();
  await go(page, '#settings/about');
  await post(house, lines.slice(200));
  await go(page, '#');
  const chat = page.getByRole('link', { name: /Long log/ });
  await chat.getByText('100 unread posts').waitFor();
  await chat.click();

  await page.getByText('Unread posts', { exact: true }).waitFor();
  const marker = await box(page.locator('.log-unread'));
  const log = await box(feed(page));
  assert.ok(marker.y >= log.y && marker.y < log.y + 120, `the marker is at ${marker.y - log.y}`);
  const firstUnread = await box(seq(page, 201));
  assert.ok(firstUnread.y > marker.y, 'the marker stands above the first unread post');

  const walk = await walkUp(page, 'This is the beginning of Long log.');
  assert.ok(walk.above >= 2, `older posts came ${walk.above} times`);
  assert.deepEqual(walk.jumps, []);

  await page.getByRole('button', { name: /^Go to latest post/ }).click();
  await seq(page, 300).waitFor();
  await page.getByRole('button', { name: /^Go to latest post/ }).waitFor({ state: 'detached' });
  await still(page);
  await readUp(page, 1_500);
  await page.getByRole('button', { name: 'Go to latest post', exact: true }).waitFor();
  const held = await anchor(page);
  await post(house, ['One more', 'Two more', 'Three more']);
  await page.getByRole('button', { name: 'Go to latest post, 3 unread' }).waitFor();
  const after = await box(seq(page, held.seq));
  assert.ok(Math.abs(after.y - held.y) <= tolerancePx, `moved by ${after.y - held.y}`);
  await page.getByRole('button', { name: 'Go to latest post, 3 unread' }).click();
  await postWith(page, 'Three more').waitFor();
  await page.getByRole('button', { name: /^Go to latest post/ }).waitFor({ state: 'detached' });
  await chat.getByText(/unread/).waitFor({ state: 'detached' });

  await opensAt(page, 120);
  assert.deepEqual(complaints, []);

  const visitor = await visit(browser, house.origin, { at: '#@long_log/150' });
  visitor.page.setDefaultTimeout(patienceMs);
  await visitor.page.getByText('You can read without an account.').waitFor();
  await inMiddle(visitor.page, 150);
  const visitorWalk = await walkUp(visitor.page, 'This is the beginning of Long log.');
  assert.ok(visitorWalk.above >= 1, 'older posts came for a visitor too');
  assert.deepEqual(visitorWalk.jumps, []);
  await opensAt(visitor.page, 280);
  const seen = await anchor(visitor.page);
  await post(house, ['Seen by the visitor at once']);
  await opensAt(visitor.page, 304);
  await postWith(visitor.page, 'Seen by the visitor at once').waitFor();
  assert.ok(seen.seq > 200);
  assert.deepEqual(visitor.complaints, []);
});

test('reading on and on, up and down through more than a window holds, moves nothing', async (t) => {
  const house = await openHouse(t);
  await house.run('writer', 'sign-up', '--server', house.origin, '--name', 'Writer');
  await house.run('writer', 'channel', 'create', '--title', 'Long log', '--username', 'long_log');
  const posts = 1_500;
  await post(house, talk(posts));
  const browser = await openBrowser(t);
  const { page, complaints } = await visit(browser, house.origin, { at: '#@long_log/2' });
  page.setDefaultTimeout(patienceMs);
  await inMiddle(page, 2);
  const down = await walk(page, { step: 220, untilSeq: posts });
  assert.deepEqual(down.jumps, []);
  assert.ok(down.above >= 2, `older posts were let go ${down.above} times`);
  assert.ok(down.mounted < 150, `${down.mounted} posts were drawn at once`);
  const up = await walk(page, { step: -220, untilSeq: 1 });
  assert.deepEqual(up.jumps, []);
  assert.ok(up.above >= 2, `older posts came ${up.above} times`);
  assert.deepEqual(complaints, []);
});

test('whoever posts while reading older posts sees the new one at the end', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page, complaints } = await visit(browser, house.origin);
  await signUp(page, 'Ada');
  await createChannel(page, 'Tall posts', 'tall_posts');
  for (const name of ['First', 'Second', 'Third']) {
    await publish(page, `${name}\n${'line\n'.repeat(30)}`);
    await page.locator('[data-seq]').filter({ hasText: name }).waitFor();
  }
  await readUp(page, 900);
  await page.getByRole('button', { name: /^Go to latest post/ }).waitFor();
  await publish(page, 'Seen at once');
  await page.locator('[data-seq]').filter({ hasText: 'Seen at once' }).waitFor();
  await still(page);
  const [own, log] = [await box(postWith(page, 'Seen at once')), await box(feed(page))];
  assert.ok(own.y > log.y && own.y + own.height <= log.y + log.height, `it is at ${own.y}`);
  assert.deepEqual(complaints, []);
});

function post(house: RunningHouse, lines: readonly string[]): Promise<string> {
  return house.feed('writer', lines, 'post', '@long_log', '--stdin');
}

/** Real lines where there are some: their lengths are what makes scrolling hard. */
function talk(count: number): readonly string[] {
  const lines = existsSync(realLines) ? readFileSync(realLines, 'utf8').split('\n') : [];
  return Array.from(
    { length: count },
    (_, i) => lines[i]?.trim() || `Line ${i}: ${'and so on '.repeat((i * 7) % 40)}`,
  );
}

const feed = (page: Page): Locator => page.getByRole('feed');
const seq = (page: Page, number: number): Locator => page.locator(`[data-seq="${number}"]`);

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  assert.ok(found, `${locator} is drawn`);
  return found;
}

async function opensAt(page: Page, number: number): Promise<void> {
  await go(page, `#@long_log/${number}`);
  await inMiddle(page, number);
}

async function inMiddle(page: Page, number: number): Promise<void> {
  await page.locator(`[data-seq="${number}"][data-highlighted]`).waitFor();
  const [at, log] = [await box(seq(page, number)), await box(feed(page))];
  const inView =
    at.y >= log.y - tolerancePx && at.y + at.height <= log.y + log.height + tolerancePx;
  assert.ok(inView, `post ${number} is at ${at.y} of ${log.height}`);
}

/** The post nearest to the middle of the log. */
function anchor(page: Page): Promise<{ readonly seq: number; readonly y: number }> {
  return feed(page).evaluate((log) => {
    const { top, height } = log.getBoundingClientRect();
    const posts = [...log.querySelectorAll<HTMLElement>('[data-seq]')];
    const far = (post: Element) => Math.abs(post.getBoundingClientRect().top - top - height / 2);
    const [nearest] = posts.toSorted((a, b) => far(a) - far(b));
    return {
      seq: Number(nearest?.dataset['seq']),
      y: nearest?.getBoundingClientRect().top ?? 0,
    };
  });
}

/** The list goes to where it opens or jumps once more when it has measured its rows. */
async function still(page: Page): Promise<void> {
  await feed(page).evaluate(async (log) => {
    for (let frames = 0, top = -1; frames < 20; frames++) {
      if (log.scrollTop !== top) frames = 0;
      top = log.scrollTop;
      await new Promise((done) => requestAnimationFrame(done));
    }
  });
}

/** As a reader does: scrolls on when rows that were being measured brought the list back. */
async function readUp(page: Page, distance: number): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    await still(page);
    const left = await feed(page).evaluate(
      (log, far) => far - (log.scrollHeight - log.scrollTop - log.clientHeight),
      distance,
    );
    if (left <= tolerancePx) return;
    await scrollBy(page, -left);
  }
  assert.fail('the list does not let go of its end');
}

function scrollBy(page: Page, distance: number): Promise<void> {
  return feed(page).evaluate((log, by) => log.scrollBy({ top: by, behavior: 'instant' }), distance);
}

interface Way {
  /** Pixels a step; upwards is negative. */
  readonly step: number;
  readonly untilSeq: number;
  /** Looked at after each step, each a frame. */
  readonly looks?: number;
}

interface Walk {
  /** How often posts came or went above while one was watched: the scroll position says so. */
  readonly above: number;
  readonly jumps: readonly string[];
  /** The most posts that were drawn at once. */
  readonly mounted: number;
  readonly ended: boolean;
}

/** Scrolls up to where the log begins, with rests in which posts come. */
async function walkUp(page: Page, end: string): Promise<Walk> {
  const up = await walk(page, { step: -300, untilSeq: 1, looks: 5 });
  await feed(page).getByText(end).waitFor();
  return up;
}

/** Scrolls to a post, watching in every frame one that stays in view. */
async function walk(page: Page, way: Way): Promise<Walk> {
  await still(page);
  const found = await feed(page).evaluate(walkInPage, {
    tolerance: tolerancePx,
    looks: 1,
    ...way,
  });
  assert.ok(found.ended, `post ${way.untilSeq} was reached`);
  return found;
}

/** Without a gap between the frames that it looks at: what moves is seen, whenever it does. */
async function walkInPage(
  log: Element,
  { step, untilSeq, looks, tolerance }: Required<Way> & { readonly tolerance: number },
) {
  // What was painted: between frames, as a wheel scrolls too.
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  const found = { above: 0, jumps: [] as string[], mounted: 0, ended: false };
  const { top, height } = log.getBoundingClientRect();
  for (let steps = 0; steps < 3_000 && !found.ended; steps++) {
    const posts = [...log.querySelectorAll<HTMLElement>('[data-seq]')];
    const watched = posts.find((post) => {
      const box = post.getBoundingClientRect();
      return step < 0 ? box.top > top + height / 8 : box.bottom > top + height / 2;
    });
    const y = () => watched?.getBoundingClientRect().top ?? Number.NaN;
    const before = { y: y(), at: log.scrollTop };
    log.scrollBy({ top: step, behavior: 'instant' });
    const at = log.scrollTop;
    const wanted = before.y - (at - before.at);
    for (let look = 0; look < looks; look++) {
      await frame();
      const off = y() - wanted;
      const what = `post ${watched?.dataset['seq']} is off by ${off} px`;
      if (!(watched?.isConnected && Math.abs(off) <= tolerance)) found.jumps.push(what);
    }
    if (Math.abs(log.scrollTop - at) > height) found.above++;
    found.mounted = Math.max(found.mounted, posts.length);
    const last = log.querySelector(`[data-seq="${untilSeq}"]`)?.getBoundingClientRect();
    const left = step < 0 ? log.scrollTop : log.scrollHeight - log.scrollTop - log.clientHeight;
    found.ended = last !== undefined && left <= tolerance;
  }
  return found;
}
