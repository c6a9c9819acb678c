import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { atRest, belowEnd, ChannelBench, standing } from './channel-page.ts';
import type { FakeWorker } from './fake/fake-worker.ts';

declare const worker: FakeWorker;

let bench: ChannelBench;
before(async () => {
  bench = await ChannelBench.open();
});
after(async () => {
  assert.deepEqual(bench.troubles, []);
  await bench.close();
});

function calls(page: Page, name: string): Promise<readonly Record<string, unknown>[]> {
  return page.evaluate(
    (wanted) =>
      worker.calls.flatMap((call) =>
        call.name === wanted ? [call.args as Record<string, unknown>] : [],
      ),
    name,
  );
}

function topOf(page: Page, seq: number): Promise<number> {
  return page.locator(`[data-seq="${seq}"]`).evaluate((post) => post.getBoundingClientRect().top);
}

test('a log opens at the first unread post, with the marker above it in view', async () => {
  const page = await bench.page('role=subscriber&posts=300&unread=40');
  const marker = await page.locator('.log-unread').boundingBox();
  const log = await page.locator('.log-scroller').boundingBox();
  assert.ok(marker && log);
  const below = marker.y - log.y;
  assert.ok(below >= 0 && below < 120, `the marker is ${below} px below the top`);
  await page.context().close();
});

test('older posts come in above without moving what is read, while one scrolls up', async () => {
  const page = await bench.page('role=subscriber&posts=2000&delay=60');
  const jumps = await page.evaluate(async () => {
    const log = document.querySelector('.log-scroller');
    if (!log) return ['no log'];
    const found: string[] = [];
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let i = 0; i < 400 && log.scrollTop > 60; i++) {
      const { top, bottom } = log.getBoundingClientRect();
      const anchor = [...log.querySelectorAll('[data-seq]')].find((post) => {
        const at = post.getBoundingClientRect().top;
        return at > top + 60 && at < bottom - 160;
      });
      const before = anchor?.getBoundingClientRect().top ?? 0;
      log.scrollTop -= 60;
      await frame();
      await frame();
      const moved = (anchor?.getBoundingClientRect().top ?? 0) - before;
      if (anchor && Math.abs(moved - 60) > 2)
        found.push(`${anchor?.getAttribute('data-seq')}: ${moved}`);
    }
    return found;
  });
  const older = await page.evaluate(
    () => worker.tells.filter(({ kind }) => kind === 'older').length,
  );
  assert.ok(older >= 2, `asked for older posts ${older} times`);
  assert.deepEqual(jumps, []);
  const at = await standing(page);
  await atRest(page);
  assert.deepEqual(await standing(page), at);
  await page.context().close();
});

test('what arrives is followed at the end, and only there; the way back counts it', async () => {
  const page = await bench.page('role=subscriber&posts=200');
  assert.ok((await belowEnd(page)) < 4);
  await page.evaluate(() => {
    for (let i = 0; i < 5; i++) worker.arrive(`news ${i}`);
  });
  await page.getByText('news 4').waitFor();
  await atRest(page);
  assert.ok((await belowEnd(page)) < 4, 'follows at the end');
  await page.mouse.move(640, 400);
  await page.mouse.wheel(0, -1_500);
  await page.getByRole('button', { name: /Go to latest post/ }).waitFor();
  await atRest(page);
  const before = await standing(page);
  await page.evaluate(() => {
    for (let i = 0; i < 7; i++) worker.arrive(`later ${i}`);
  });
  await page.locator('.log-count').getByText('7', { exact: true }).waitFor();
  await atRest(page);
  assert.deepEqual(await standing(page), before);
  await page.getByRole('button', { name: /Go to latest post/ }).click();
  await page.getByText('later 6').waitFor();
  await atRest(page);
  assert.ok((await belowEnd(page)) < 4);
  await page.context().close();
});

test('a deep link opens at its post; another link of the same channel goes there', async () => {
  const id = 'c1'.repeat(16);
  const page = await bench.page(`role=subscriber&posts=1000#c/${id}/500`);
  const middle = await topOf(page, 500);
  assert.ok(middle > 100 && middle < 700, `post 500 is at ${middle}`);
  await page.evaluate((link) => {
    location.hash = link;
  }, `c/${id}/40`);
  await page.waitForSelector('[data-seq="40"]');
  await atRest(page);
  const other = await topOf(page, 40);
  assert.ok(other > 0 && other < 750, `post 40 is at ${other}`);
  await page.context().close();
});

test('a reply leads to its post and back', async () => {
  const id = 'c1'.repeat(16);
  const page = await bench.page(`role=subscriber&posts=300#c/${id}/243`);
  await page.locator('[data-seq="243"] .reply-quote').click();
  await page.waitForSelector('[data-seq="241"][data-highlighted]');
  await page.getByRole('button', { name: 'Back to previous position' }).click();
  await page.waitForSelector('[data-seq="243"][data-highlighted]');
  await page.context().close();
});

test('what was seen is marked read, at most once a second, up to the newest in view', async () => {
  const page = await bench.page('role=subscriber&posts=300&unread=60');
  await page.mouse.move(640, 400);
  for (let i = 0; i < 15; i++) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(100);
  }
  await page.waitForFunction(() => {
    const last = worker.calls.filter(({ name }) => name === 'markRead').at(-1);
    return Number((last?.args as { seq?: number } | undefined)?.seq) > 245;
  });
  const told = await page.evaluate(() => worker.calls.filter(({ name }) => name === 'markRead'));
  const gaps = told.slice(1).map(({ at }, i) => at - (told[i]?.at ?? 0));
  assert.ok(gaps.length > 0 && Math.min(...gaps) > 990, `marks after ${gaps.join(', ')} ms`);
  const marks = (await calls(page, 'markRead')).map(({ seq }) => Number(seq));
  assert.deepEqual(
    marks,
    marks.toSorted((a, b) => a - b),
  );
  await page.context().close();
});

test('a log that fits the screen is read without scrolling', async () => {
  const page = await bench.page('role=subscriber&posts=1&unread=1');
  await page.waitForFunction(() => worker.calls.some(({ name }) => name === 'markRead'));
  assert.deepEqual(
    (await calls(page, 'markRead')).map(({ seq }) => seq),
    [1],
  );
  await page.context().close();
});

test('keys alone: from post to post, its menu, an answer, and the post goes out', async () => {
  const page = await bench.page('role=owner&posts=120');
  await page.locator('.log-scroller').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-seq'));
  assert.equal(focused, '118');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Reply' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.composer-mode').waitFor();
  await page.keyboard.type('An answer with a ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('bold');
  await page.keyboard.press('Enter');
  await page.getByText('An answer with a bold').waitFor();
  const [posted] = await calls(page, 'postDraft');
  assert.equal(posted?.['text'], 'An answer with a **bold**');
  const saved = await calls(page, 'saveDraft');
  assert.ok(saved.some(({ replyTo }) => replyTo === 120));
  await page.context().close();
});

test('an answer is not offered to be posted later: no server keeps it', async () => {
  const page = await bench.page('role=owner&posts=20');
  const later = page.getByRole('button', { name: 'Schedule post' });
  await later.waitFor();
  await page.locator('[data-seq="20"]').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Reply' }).click();
  await page.locator('.composer-mode').waitFor();
  assert.equal(await later.count(), 0);
  await page.keyboard.press('Escape');
  await later.waitFor();
  await page.context().close();
});

test('a deletion can be taken back; several posts go at once', async () => {
  const page = await bench.page('role=owner&posts=120');
  await page.getByRole('button', { name: 'More', exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'Select posts' }).click();
  await page.locator('[data-seq="120"]').click();
  await page.locator('[data-seq="117"]').click();
  await page.getByText('2 selected').waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  const [deleted] = await calls(page, 'deletePosts');
  assert.deepEqual(deleted?.['seqs'], [117, 120]);
  await page.getByRole('button', { name: 'Undo' }).click();
  const [undone] = await calls(page, 'undoDelete');
  assert.equal(undone?.['id'], deleted?.['id']);
  await page.context().close();
});

test('the viewer takes the focus, goes on by keys, zooms, and gives the focus back', async () => {
  const id = 'c1'.repeat(16);
  const page = await bench.page(`role=owner&posts=300#c/${id}/285`);
  const picture = page.locator('[data-seq="285"] .post-picture');
  await picture.click();
  await page.locator('dialog.viewer').waitFor();
  const place = page.locator('.viewer-place');
  const first = await place.innerText();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(
    (text) => document.querySelector('.viewer-place')?.textContent !== text,
    first,
  );
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('+');
  await page.locator('.viewer-stage[data-zoomed]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog.viewer').waitFor({ state: 'detached' });
  assert.ok(await picture.evaluate((element) => element === document.activeElement));
  await page.context().close();
});

test('a visitor reads and is invited; somebody with an account follows', async () => {
  const visitor = await bench.page('role=visitor');
  await visitor.getByRole('button', { name: 'Create account' }).click();
  assert.equal(new URL(visitor.url()).hash, '#sign-up');
  await visitor.context().close();
  const page = await bench.page('role=none');
  await page.getByRole('button', { name: 'Follow' }).click();
  await page.getByRole('button', { name: 'Follow' }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('nothing is wider than a small screen, and nothing in a post is ever markup', async () => {
  const page = await bench.page('role=owner&posts=120', { width: 320, height: 640 });
  await page.evaluate(() => worker.arrive('<img src=x onerror="document.title=1"> & <b>bold</b>'));
  await page.getByText('<b>bold</b>').waitFor();
  await page.mouse.move(160, 300);
  for (let i = 0; i < 25; i++) {
    await page.mouse.wheel(0, -400);
    await page.waitForTimeout(30);
    const width = await page.evaluate(() => {
      const log = document.querySelector('.log-scroller');
      return Math.max(document.documentElement.scrollWidth, log?.scrollWidth ?? 0);
    });
    assert.ok(width <= 320, `${width} px`);
  }
  await page.context().close();
});

test('fifty posts a second are followed, and twenty thousand walked through, with few rows drawn', async () => {
  const page = await bench.page('role=subscriber&posts=20000');
  const mostRows = await page.evaluate(async () => {
    let most = 0;
    for (let i = 0; i < 150; i++) {
      worker.arrive();
      most = Math.max(most, document.querySelectorAll('.log-row').length);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return most;
  });
  assert.ok(mostRows < 80, `${mostRows} rows`);
  await atRest(page);
  assert.ok((await belowEnd(page)) < 4);
  for (const seq of [15_000, 9_000, 1, 19_990]) {
    await page.evaluate((to) => {
      location.hash = `c/${'c1'.repeat(16)}/${to}`;
    }, seq);
    await page.waitForSelector(`[data-seq="${seq}"]`);
  }
  assert.ok((await page.locator('.log-row').count()) < 80);
  await page.context().close();
});
