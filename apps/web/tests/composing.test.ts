import assert from 'node:assert/strict';
import test from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { keepScreen, openBrowser, openHouse, visit } from './house.ts';
import { composer, createChannel, go, picture, postWith, publish, signUp } from './people.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('pasted, dropped, put in order by drag and by keys, with a caption', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page, complaints } = await visit(browser, house.origin, {
    viewport: { width: 1440, height: 900 },
  });
  await signUp(page, 'Ada');
  await createChannel(page, 'Album', 'the_album');
  const [one, two, three] = await Promise.all(
    ['one', 'two', 'three'].map((name) => picture(name, 800, 600)),
  );
  assert.ok(one && two && three);
  await composer(page).focus();
  await bring(composer(page), 'paste', [one]);
  await page.getByRole('group', { name: 'one.jpg, position 1' }).waitFor();
  await bring(page.getByRole('region', { name: 'Album' }), 'dragenter', [two]);
  await page.getByText('Drop photos, videos or files here').waitFor();
  await keepScreen(page, 'flow-drop-desk');
  await bring(page.getByRole('region', { name: 'Album' }), 'drop', [two, three]);
  await page.getByText('Drop photos, videos or files here').waitFor({ state: 'detached' });
  await page.getByRole('group', { name: 'three.jpg, position 3' }).waitFor();
  await orderIs(page, ['one.jpg', 'two.jpg', 'three.jpg']);
  await keepScreen(page, 'flow-tray-desk');

  const item = (name: string) =>
    page.locator('.album-items > li').filter({ has: page.getByRole('group', { name }) });
  await item('three.jpg').dragTo(item('one.jpg'));
  await orderIs(page, ['three.jpg', 'one.jpg', 'two.jpg']);
  await page.getByRole('button', { name: 'Move two.jpg earlier' }).focus();
  await page.keyboard.press('Enter');
  await orderIs(page, ['three.jpg', 'two.jpg', 'one.jpg']);
  await page.keyboard.press('Enter');
  await orderIs(page, ['two.jpg', 'three.jpg', 'one.jpg']);
  await page.getByRole('button', { name: 'Remove three.jpg' }).click();
  await orderIs(page, ['two.jpg', 'one.jpg']);
  await page.getByRole('img', { name: 'Uploaded' }).nth(1).waitFor();
  await publish(page, 'In this order');
  const post = page.locator('[data-seq]').filter({ hasText: 'In this order' });
  await post.getByRole('button', { name: 'Photo 2 of 2' }).waitFor();
  await house.run('reader', 'sign-up', '--server', house.origin, '--name', 'Reader');
  const [entry] = (await house.run('reader', 'read', '@the_album')).trim().split('\n');
  const { attachments, text } = JSON.parse(entry ?? '');
  assert.deepEqual(
    [text, attachments.map(({ name }: { name: string }) => name)],
    ['In this order', ['two.jpg', 'one.jpg']],
  );

  // Beside a channel a dropped file is not taken, and the app stays.
  const refused = await bring(page.getByRole('list', { name: 'Chats' }), 'drop', [one]);
  assert.equal(refused, true, 'the browser would leave the app for the file');
  assert.deepEqual(complaints, []);
});

test('a film, a voice, formatted text, silence and later, from a phone', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const [writer, reader] = await Promise.all([
    visit(browser, house.origin, phone),
    visit(browser, house.origin, { viewport: { width: 1440, height: 900 } }),
  ]);
  const { page } = writer;
  await Promise.all([signUp(page, 'Ada'), signUp(reader.page, 'Ben')]);
  await createChannel(page, 'Everything', 'everything');
  await go(reader.page, '#@everything');
  await reader.page.getByRole('button', { name: 'Follow' }).click();
  const files = page.locator('.composer input[type=file]').first();

  const film = await record(page);
  await files.setInputFiles([{ name: 'film.webm', mimeType: 'video/webm', buffer: film }]);
  await page.getByRole('img', { name: 'Uploaded' }).waitFor();
  await publish(page, 'A film');
  const shown = postWith(reader.page, 'A film');
  await shown.getByRole('button', { name: 'Play video' }).waitFor();
  await keepScreen(page, 'flow-film-phone');
  await shown.getByRole('button', { name: 'Play video' }).click();
  await shown.locator('video').evaluate(
    (video) =>
      new Promise((done) => {
        if (video instanceof HTMLVideoElement && video.currentTime > 0) done(true);
        else video.addEventListener('timeupdate', done, { once: true });
      }),
  );
  await keepScreen(reader.page, 'flow-film-desk');

  await composer(page).fill('Bold words and code');
  await select(page, 'Bold words');
  await page.getByRole('button', { name: 'Bold', exact: true }).tap();
  assert.equal(await composer(page).inputValue(), '**Bold words** and code');
  await select(page, 'code');
  await page.getByRole('button', { name: 'Code', exact: true }).tap();
  await composer(page).press('End');
  await composer(page).press('Enter');
  await composer(page).pressSequentially('> said\n\n```js\nlet a = 1 < 2;\n```');
  await page.getByRole('button', { name: 'Preview' }).tap();
  await keepScreen(page, 'flow-preview-phone');
  await page.getByRole('button', { name: 'Post silently' }).tap();
  await page.getByRole('button', { name: 'Post', exact: true }).tap();
  const formatted = postWith(reader.page, 'Bold words');
  await formatted.locator('strong').getByText('Bold words').waitFor();
  await formatted.locator('code').getByText('code', { exact: true }).waitFor();
  await formatted.locator('blockquote').getByText('said').waitFor();
  await formatted.locator('pre').getByText('let a = 1 < 2;').waitFor();
  await formatted.getByText('Posted silently').waitFor();
  await keepScreen(reader.page, 'flow-formatted-desk');
  await keepScreen(page, 'flow-formatted-phone');

  // A long address breaks where the field ends.
  await composer(page).fill(`https://example.org/${'path'.repeat(200)}`);
  const { x = 0, width = 0 } = (await composer(page).boundingBox()) ?? {};
  assert.ok(x >= 0 && x + width <= 390, `the field goes from ${x} to ${x + width}`);
  await keepScreen(page, 'flow-long-address-phone');

  await composer(page).fill('For tomorrow');
  await page.getByRole('button', { name: 'Schedule post' }).tap();
  await keepScreen(page, 'flow-schedule-phone');
  await page.getByRole('button', { name: /^Tomorrow morning/ }).tap();
  await page.getByRole('button', { name: 'Schedule', exact: true }).tap();
  await page.getByText(/^Post scheduled for/).waitFor();
  await page.locator('header').getByRole('button', { name: 'More' }).last().tap();
  await page.getByRole('menuitem', { name: 'Scheduled posts' }).tap();
  const scheduled = page.getByRole('dialog', { name: 'Scheduled posts' });
  await scheduled.getByText('For tomorrow').waitFor();
  await keepScreen(page, 'flow-scheduled-phone');
  await scheduled.getByRole('button', { name: 'Edit' }).tap();
  await scheduled.getByRole('textbox', { name: 'Post text' }).fill('For another day');
  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 16);
  await scheduled.getByLabel('Date and time').fill(inTenDays);
  await keepScreen(page, 'flow-scheduled-edit-phone');
  await scheduled.getByRole('button', { name: 'Save' }).tap();
  await scheduled.getByRole('article').getByText('For another day').waitFor();
  assert.equal(await scheduled.getByRole('article').count(), 1);
  await scheduled.getByRole('button', { name: 'Delete scheduled post' }).tap();
  await page.getByText('Scheduled post deleted').waitFor();
  await scheduled.getByRole('button', { name: 'Close' }).first().tap();
  await scheduled.waitFor({ state: 'detached' });
  await publish(page, 'For today');
  await postWith(reader.page, 'For today').waitFor();
  assert.equal(await postWith(reader.page, 'For tomorrow').count(), 0);
  assert.deepEqual([...writer.complaints, ...reader.complaints], []);
});

interface BroughtFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Files by the clipboard or a pointer from outside; answers whether the app took the event. */
function bring(target: Locator, type: string, files: readonly BroughtFile[]): Promise<boolean> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    base64: buffer.toString('base64'),
  }));
  return target.evaluate(
    async (element, { type, given }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const how = { bubbles: true, cancelable: true };
      const event =
        type === 'paste'
          ? new ClipboardEvent(type, { ...how, clipboardData: data })
          : new DragEvent(type, { ...how, dataTransfer: data });
      return !element.dispatchEvent(event);
    },
    { type, given },
  );
}

async function orderIs(page: Page, names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries())
    await page.getByRole('group', { name: `${name}, position ${index + 1}` }).waitFor();
  assert.equal(await page.locator('.album-items > li').count(), names.length);
}

/** Marks words in the composer. */
async function select(page: Page, words: string): Promise<void> {
  await composer(page).evaluate((area, marked) => {
    if (!(area instanceof HTMLTextAreaElement)) return;
    const at = area.value.lastIndexOf(marked);
    area.focus();
    area.setSelectionRange(at, at + marked.length);
  }, words);
}

/** A second of a moving square, as the browser records it. */
async function record(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 320, height: 180 });
    const context = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: 'video/webm' });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const ended = new Promise((done) => {
      recorder.onstop = done;
    });
    recorder.start();
    for (let frame = 0; frame < 30; frame++) {
      if (context) {
        context.fillStyle = '#3b2140';
        context.fillRect(0, 0, 320, 180);
        context.fillStyle = '#f6c56b';
        context.fillRect(frame * 9, 60, 50, 50);
      }
      await new Promise((done) => requestAnimationFrame(done));
    }
    recorder.stop();
    await ended;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}
