import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { keepScreen, openBrowser, openHouse, type RunningHouse, visit } from './house.ts';
import {
  choose,
  composer,
  createChannel,
  go,
  patienceMs,
  picture,
  postWith,
  signUp,
} from './people.ts';
import { Fingers, middleOf } from './touch.ts';

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

async function openPhone(t: TestContext, house: RunningHouse) {
  const browser = await openBrowser(t);
  const visitor = await visit(browser, house.origin, phone);
  visitor.page.setDefaultTimeout(patienceMs);
  return visitor;
}

/** Ada's channel, written from the command line. */
async function channelOf(house: RunningHouse, lines: readonly string[]): Promise<void> {
  await house.run('ada', 'sign-up', '--server', house.origin, '--name', 'Ada');
  await house.run('ada', 'channel', 'create', '--title', 'Morning', '--username', 'morning');
  await house.feed('ada', lines, 'post', '@morning', '--stdin');
}

async function longPress(page: Page, text: string): Promise<void> {
  const fingers = await Fingers.on(page);
  await fingers.down(await middleOf(postWith(page, text).getByText(text)));
  await page.getByRole('menu').waitFor();
  await fingers.up();
}

test('the first tap in the menu of a long touch counts', async (t) => {
  const house = await openHouse(t);
  await channelOf(house, ['First light']);
  const { page, complaints } = await openPhone(t, house);
  await page.goto(`${house.origin}/#@morning`);
  await postWith(page, 'First light').waitFor();
  await longPress(page, 'First light');
  await page.getByRole('menuitem', { name: 'Copy text' }).tap();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await page.getByText(/Text copied|Couldn’t copy/).waitFor();
  assert.deepEqual(complaints, []);
});

/** Where a post stands on the screen. */
function topOf(page: Page, text: string): Promise<number> {
  return postWith(page, text).evaluate((post) => Math.round(post.getBoundingClientRect().top));
}

async function scrollBack(page: Page, px: number): Promise<void> {
  const log = page.locator('.log-scroller');
  // Rows are measured first: until then the log keeps to its end.
  await page.waitForTimeout(1_000);
  await log.evaluate((scroller, by) => scroller.scrollBy(0, -by), px);
  // The place is written down a moment after the scrolling.
  await page.waitForFunction(() =>
    Object.keys(sessionStorage).some((key) => key.startsWith('heliogram.place.')),
  );
  await page.waitForTimeout(500);
}

test('a channel is left by Back without a new entry, and read on where one was', async (t) => {
  const house = await openHouse(t);
  await channelOf(
    house,
    Array.from({ length: 60 }, (_, i) => `Line ${i + 1} of the log.`),
  );
  const { page, complaints } = await openPhone(t, house);
  await signUp(page, 'Ben');
  await go(page, '#@morning');
  await page.getByRole('button', { name: 'Follow' }).click();
  await page.getByRole('button', { name: 'Follow' }).waitFor({ state: 'detached' });
  await go(page, '#');
  await page
    .getByRole('link', { name: /Morning/ })
    .first()
    .waitFor();
  const entries = await page.evaluate(() => history.length);
  await page
    .getByRole('link', { name: /Morning/ })
    .first()
    .click();
  await postWith(page, 'Line 60 of').waitFor();
  await scrollBack(page, 900);
  const seen = await page.locator('.log-scroller article').evaluateAll((posts) => {
    const inView = posts.find((post) => post.getBoundingClientRect().top > 200);
    return inView?.textContent?.match(/Line \d+ of/)?.[0] ?? '';
  });
  const top = await topOf(page, seen);
  for (let round = 0; round < 2; round++) {
    await page.locator('header').getByRole('button', { name: 'Back' }).click();
    await page
      .getByRole('link', { name: /Morning/ })
      .first()
      .click();
    await postWith(page, seen).waitFor();
    await page.waitForTimeout(500);
    assert.ok(Math.abs((await topOf(page, seen)) - top) <= 2, `${seen} moved`);
  }
  assert.equal(await page.evaluate(() => history.length), entries + 1);
  await page.reload();
  await postWith(page, seen).waitFor();
  await page.waitForTimeout(500);
  assert.ok(Math.abs((await topOf(page, seen)) - top) <= 2, `${seen} moved by the reload`);
  assert.deepEqual(complaints, []);
});

test('a picture alone is no larger than it is, and its post no wider than it', async (t) => {
  const house = await openHouse(t);
  await channelOf(house, ['Pictures']);
  for (const [name, width, height] of [
    ['small', 40, 40],
    ['portrait', 900, 1_600],
    ['landscape', 1_200, 800],
  ] as const) {
    const path = join(house.data, `../${name}.jpg`);
    writeFileSync(path, (await picture(name, width, height)).buffer);
    await house.run('ada', 'post', '@morning', '--file', path, '--caption', name);
  }
  for (const width of [360, 1_280]) {
    const browser = await openBrowser(t);
    const viewport = { width, height: 800 };
    const { page } = await visit(browser, house.origin, { viewport, at: '#@morning' });
    page.setDefaultTimeout(patienceMs);
    await postWith(page, 'landscape').waitFor();
    const sizes = await page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('.post')].flatMap((post) => {
          const image = post.querySelector('.post-picture img');
          const sheet = post.querySelector('.post-sheet');
          if (!image || !sheet) return [];
          const { width: w, height: h } = image.getBoundingClientRect();
          const name = post.querySelector('.post-text')?.textContent?.trim() ?? '';
          return [[name, { w, h, sheet: sheet.getBoundingClientRect().width }]];
        }),
      ),
    );
    await keepScreen(page, `pictures-${width}`);
    assert.deepEqual([sizes['small']?.w, sizes['small']?.h], [40, 40]);
    for (const name of ['portrait', 'landscape']) {
      const { w = 0, sheet = 1 } = sizes[name] ?? {};
      assert.ok(Math.abs(w - sheet) < 1, `${name}: ${w} of ${sheet}`);
    }
  }
});

test('a deleted post leaves neither a line nor a preview', async (t) => {
  const house = await openHouse(t);
  const { page, complaints } = await openPhone(t, house);
  await signUp(page, 'Ada');
  await createChannel(page, 'Morning', 'morning');
  for (const text of ['It stays', 'It goes']) {
    await composer(page).fill(text);
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await postWith(page, text).locator('time').first().waitFor();
  }
  await choose(postWith(page, 'It goes'), 'Delete');
  await postWith(page, 'It goes').waitFor({ state: 'detached' });
  await go(page, '#');
  await page
    .getByRole('link', { name: /Morning/ })
    .getByText('It stays')
    .waitFor();
  await page.getByRole('link', { name: /Morning/ }).click();
  await postWith(page, 'It stays').waitFor();
  assert.equal(await page.getByText('was deleted').count(), 0);
  assert.deepEqual(complaints, []);
});
