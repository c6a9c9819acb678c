import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { keepScreen, openBrowser, openHouse, type RunningHouse, visit } from './house.ts';
import { go, patienceMs, picture, signUp } from './people.ts';
import { Fingers, line, middleOf } from './touch.ts';

const tape = randomBytes(6_000_000);

test('fingers: zoom, next, down and away in the viewer; long touch; a chat pulled aside', async (t) => {
  const house = await openHouse(t);
  await furnish(t, house);
  const browser = await openBrowser(t);
  const { page, complaints } = await visit(browser, house.origin, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await signUp(page, 'Ben');
  await go(page, '#@pictures/1');
  await page.getByRole('button', { name: 'Follow' }).tap();
  const fingers = await Fingers.on(page);
  await page.getByRole('button', { name: 'Photo 1 of 3' }).tap();
  await at(page, '1 of 3');
  const photo = page.locator('.viewer-photo');
  const middle = await middleOf(page.locator('.viewer-stage'));
  const from = (dx: number, dy: number) => ({ x: middle.x + dx, y: middle.y + dy });
  await keepScreen(page, 'flow-viewer-phone');

  await t.test('two fingers zoom, one moves what is zoomed, two make it small again', async () => {
    await fingers.move(line(from(-30, 0), from(-120, 0)), line(from(30, 0), from(120, 0)));
    await zoomed(page, (scale) => scale > 3);
    await keepScreen(page, 'flow-zoomed-phone');
    const before = await middleOf(photo);
    await fingers.move(line(middle, from(80, 0)));
    await page.waitForFunction((x) => {
      const box = document.querySelector('.viewer-photo')?.getBoundingClientRect();
      return box && Math.abs(box.x + box.width / 2 - x - 80) < 3;
    }, before.x);
    await at(page, '1 of 3');
    await fingers.move(line(from(-120, 0), from(-20, 0)), line(from(120, 0), from(20, 0)));
    await zoomed(page, (scale) => scale === 1);
    await at(page, '1 of 3');
  });

  await t.test('a double tap zooms and takes it back', async () => {
    await twice(() => fingers.move([from(40, 40)]));
    await zoomed(page, (scale) => scale === 2.5);
    await twice(() => fingers.move([from(40, 40)]));
    await zoomed(page, (scale) => scale === 1);
  });

  await t.test('a swipe goes on, back, and down and away', async () => {
    await fingers.move(line(middle, from(-150, 0)));
    await at(page, '2 of 3');
    await fingers.move(line(middle, from(-150, 10)));
    await at(page, '3 of 3');
    await fingers.move(line(middle, from(-150, 0)));
    await at(page, '3 of 3');
    await fingers.move(line(middle, from(150, 0)));
    await at(page, '2 of 3');
    await fingers.move(line(middle, from(0, -150)));
    await at(page, '2 of 3');
    await fingers.move(line(middle, from(0, 200)));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  await t.test('a long touch opens the menu of a post, and nothing else', async () => {
    await go(page, '#@pictures/2');
    const post = page.locator('[data-seq="2"]');
    await post.waitFor();
    await fingers.down(await middleOf(post.locator('.post-file-name')));
    await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
    await fingers.up();
    await keepScreen(page, 'flow-post-menu-phone');
    assert.equal(await page.getByRole('menu').count(), 1);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    // A finger that scrolls opens none.
    const start = await middleOf(post.locator('.post-file-name'));
    await fingers.move(line(start, { x: start.x, y: start.y - 60 }));
    assert.equal(await page.getByRole('menu').count(), 0);
  });

  await t.test('a chat: long touch, pinned by a pull, muted by the other', async () => {
    await go(page, '#');
    const row = page.locator('[data-chat]');
    await row.waitFor();
    await fingers.down(await middleOf(row));
    await page.getByRole('menuitem', { name: 'Pin' }).waitFor();
    await fingers.up();
    await keepScreen(page, 'flow-chat-menu-phone');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).hash, '', 'the chat was not opened');
    const start = await middleOf(row);
    await fingers.move(line(start, { x: start.x + 40, y: start.y }));
    assert.equal(await row.getByText('Pinned').count(), 0, 'so little is not meant');
    await fingers.move(line(start, { x: start.x + 100, y: start.y }));
    await row.getByText('Pinned').waitFor();
    await fingers.move(line(start, { x: start.x - 100, y: start.y }));
    await row.getByText('Muted').waitFor();
    await keepScreen(page, 'flow-pulled-phone');
    assert.equal(new URL(page.url()).hash, '');
  });
  assert.deepEqual(complaints, []);
});

test('keys and wheel in the viewer; a download stops, goes on and is what was posted', async (t) => {
  const house = await openHouse(t);
  await furnish(t, house);
  const browser = await openBrowser(t);
  const { page, context, complaints } = await visit(browser, house.origin, {
    viewport: { width: 1440, height: 900 },
    at: '#@pictures/1',
  });
  page.setDefaultTimeout(patienceMs);
  const second = page.getByRole('button', { name: 'Photo 2 of 3' });
  await second.click();
  await at(page, '2 of 3');
  await page.keyboard.press('ArrowRight');
  await at(page, '3 of 3');
  await page.keyboard.press('ArrowRight');
  await at(page, '3 of 3');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await at(page, '1 of 3');
  await page.keyboard.press('+');
  await zoomed(page, (scale) => scale === 1.5);
  await page.keyboard.press('0');
  await zoomed(page, (scale) => scale === 1);
  const middle = await middleOf(page.locator('.viewer-stage'));
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(0, -400);
  await zoomed(page, (scale) => scale > 2.5);
  await keepScreen(page, 'flow-zoomed-desk');
  await page.mouse.wheel(0, 800);
  await zoomed(page, (scale) => scale === 1);
  await page.mouse.dblclick(middle.x, middle.y);
  await zoomed(page, (scale) => scale === 2.5);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await second.evaluate((button) => button === document.activeElement), true);

  const post = page.locator('[data-seq="2"]');
  const network = await context.newCDPSession(page);
  const slowly = (downloadThroughput: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput,
      uploadThroughput: -1,
    });
  await network.send('Network.enable');
  await slowly(100_000);
  const ranges: string[] = [];
  page.on('request', (request) => {
    const { range } = request.headers();
    if (range) ranges.push(range);
  });
  await pressWhileScrolling(post.getByRole('button', { name: 'Download tape.bin' }));
  const stop = post.getByRole('button', { name: 'Pause download' });
  const running = post.getByText(/^[1-9][0-9.,]* [kM]B \/ 6 MB$/);
  await running.waitFor();
  await keepScreen(page, 'flow-downloading-desk');

  // It goes on while one is elsewhere, and every look at it shows how far it is.
  const before = await megabytesOf(running);
  await go(page, '#directory');
  await post.waitFor({ state: 'detached' });
  await go(page, '#@pictures/2');
  await running.waitFor();
  assert.ok((await megabytesOf(running)) > before, 'it did not begin anew');
  assert.deepEqual(ranges, []);
  await stop.click();
  await post.getByText(/^[1-9].* of 6 MB downloaded$/).waitFor();
  await keepScreen(page, 'flow-download-stopped-desk');
  await slowly(-1);
  const saved = page.waitForEvent('download');
  await post.getByRole('button', { name: 'Resume download' }).click();
  const file = await saved;
  await post.getByText('Saved · 6 MB').waitFor();
  assert.equal(file.suggestedFilename(), 'tape.bin');
  assert.ok(readFileSync(await file.path()).equals(tape), 'the saved bytes are those posted');
  assert.match(ranges.join(), /^bytes=[1-9][0-9]*-$/);

  // What is heard is played in place.
  await page.locator('[data-seq="3"]').getByRole('button', { name: 'Play' }).waitFor();
  await keepScreen(page, 'flow-files-desk');
  assert.deepEqual(complaints, []);
});

/** Presses as a person does whose list moves between down and up: a press is not lost for that. */
async function pressWhileScrolling(button: Locator): Promise<void> {
  const { mouse } = button.page();
  await button.scrollIntoViewIfNeeded();
  const { x, y } = await middleOf(button);
  await mouse.move(x, y);
  await mouse.down();
  await button.evaluate(async (element) => {
    const scroller = element.closest('.log-scroller');
    const top = scroller?.scrollTop;
    scroller?.scrollBy({ top: -3 });
    if (scroller?.scrollTop === top) throw new Error('nothing was scrolled');
    // The list hears of it, and draws what it draws then.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
  await mouse.up();
}

/** How much of it is there. */
async function megabytesOf(progress: Locator): Promise<number> {
  const [, amount = '', unit] = /^([0-9.]+) ([kM])B/.exec(await progress.innerText()) ?? [];
  return Number(amount) * (unit === 'k' ? 0.001 : 1);
}

/** An album, a file and a sound, posted by somebody else. */
async function furnish(t: TestContext, house: RunningHouse): Promise<void> {
  const files = mkdtempSync(join(tmpdir(), 'heliogram-files-'));
  t.after(() => rmSync(files, { recursive: true, force: true }));
  const album = await Promise.all(
    ['one', 'two', 'three'].map(async (name) => {
      const path = join(files, `${name}.jpg`);
      writeFileSync(path, (await picture(name, 1200, 800)).buffer);
      return ['--file', path];
    }),
  );
  writeFileSync(join(files, 'tape.bin'), tape);
  writeFileSync(join(files, 'voice.wav'), silence());
  await house.run('ada', 'sign-up', '--server', house.origin, '--name', 'Ada');
  await house.run('ada', 'channel', 'create', '--title', 'Pictures', '--username', 'pictures');
  await house.run('ada', 'post', '@pictures', ...album.flat(), '--caption', 'Three');
  await house.run('ada', 'post', '@pictures', '--file', join(files, 'tape.bin'));
  await house.run('ada', 'post', '@pictures', '--file', join(files, 'voice.wav'));
}

/** Two seconds of nothing, as 8-bit sound. */
function silence(): Buffer {
  const samples = Buffer.alloc(16_000, 128);
  const head = Buffer.from(
    '52494646000000005741564566 6d742010000000010001 00401f0000401f000001000800 6461746100000000'.replaceAll(
      ' ',
      '',
    ),
    'hex',
  );
  head.writeUInt32LE(36 + samples.length, 4);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

async function at(page: Page, place: string): Promise<void> {
  await page.locator('.viewer-place').getByText(place).waitFor();
}

async function zoomed(page: Page, right: (scale: number) => boolean): Promise<void> {
  const until = Date.now() + patienceMs / 3;
  for (;;) {
    const scale = await page.locator('.viewer-photo').evaluate((photo) => {
      const [, of = '1'] = /scale\(([\d.]+)\)/.exec(photo.style.transform) ?? [];
      return Number(of);
    });
    if (right(scale)) return;
    if (Date.now() > until) throw new Error(`the scale is ${scale}`);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
}

async function twice(act: () => Promise<void>): Promise<void> {
  await act();
  await act();
}
