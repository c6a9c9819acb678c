import assert from 'node:assert/strict';
import test from 'node:test';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { keepScreen, openBrowser, openHouse, visit } from './house.ts';
import {
  choose,
  composer,
  createChannel,
  fillAccountForm,
  go,
  patienceMs,
  postWith,
  publish,
  showTools,
  signUp,
} from './people.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('an owner counts, shows a picture, appoints an admin with named rights, and deletes by name', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const [owner, admin] = await Promise.all([
    visit(browser, house.origin, { viewport: { width: 1440, height: 900 } }),
    visit(browser, house.origin, phone),
  ]);
  await Promise.all([signUp(owner.page, 'Ada'), signUpAs(admin.page, 'Ben', 'ben_1')]);
  await createChannel(owner.page, 'Morning news', 'morning_news');
  const channel = await placeOf(owner.page);
  await go(admin.page, '#@morning_news');
  await admin.page.getByRole('button', { name: 'Follow' }).click();
  await admin.page.getByRole('button', { name: 'Follow' }).waitFor({ state: 'detached' });
  for (const text of ['One', 'Two', 'Three']) {
    await publish(owner.page, text);
    await postWith(admin.page, text).waitFor();
  }

  await t.test('statistics are what happened', async () => {
    const { page } = owner;
    // Ada and Ben have seen each of three.
    await postWith(page, 'Three').getByText('2', { exact: true }).waitFor();
    await go(page, `${channel}/statistics`);
    await countOf(page, 'Posts per day', 3);
    await countOf(page, 'Views per day', 6);
    await keepScreen(page, 'flow-statistics-desk');
    await page.getByRole('combobox', { name: 'Period' }).selectOption({ label: '7 days' });
    await countOf(page, 'Posts per day', 3);
  });

  await t.test('the part of a picture that was chosen is what is shown', async () => {
    const { page } = owner;
    await go(page, `${channel}/edit`);
    await page
      .locator('input[type=file][accept="image/*"]')
      .last()
      .setInputFiles(await halves());
    const crop = page.getByRole('dialog', { name: 'Crop picture' });
    const window = crop.getByRole('application');
    await window.locator('canvas').waitFor();
    await keepScreen(page, 'flow-crop-desk');
    // To the right half: the picture goes left as far as it does.
    const box = await boxOf(window);
    await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x - box.width, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await keepScreen(page, 'flow-cropped-desk');
    await crop.getByRole('button', { name: 'Use picture' }).click();
    await page.getByText('Saved').waitFor();
    const shown = page.locator('.picture-field img');
    await shown.waitFor();
    const [red, , blue] = await middleColour(shown);
    assert.ok(red < 60 && blue > 180, `it is ${red} red and ${blue} blue`);
  });

  await t.test('an admin may what was granted, and no more', async () => {
    const { page } = owner;
    await go(page, `${channel}/admins`);
    await page.getByRole('textbox', { name: 'Username' }).fill('nobody_here');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByText('No account has this username.').waitFor();
    await page.getByRole('textbox', { name: 'Username' }).fill('@ben_1');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('switch', { name: 'Delete posts' }).click();
    await keepScreen(page, 'flow-appoint-desk');
    await page.getByRole('button', { name: 'Make admin' }).click();
    await page.getByRole('button', { name: 'Remove admin' }).waitFor();

    const { page: his } = admin;
    await composer(his).waitFor();
    await publish(his, 'From the new admin');
    await postWith(page, 'From the new admin').waitFor();
    await choose(postWith(his, 'Two'), 'Delete');
    await postWith(page, 'Two').waitFor({ state: 'detached' });
    assert.deepEqual(await menuOf(postWith(his, 'One')), [
      'Reply',
      'React',
      'Forward',
      'Copy text',
      'Copy link',
      'Delete',
      'Select',
    ]);
    await go(his, `${channel}/info`);
    await his.getByRole('link', { name: 'Admins' }).waitFor();
    await keepScreen(his, 'flow-admin-info-phone');
    for (const page of ['Edit', 'Statistics', 'Delete channel', 'Invite links'])
      assert.equal(await his.getByRole('link', { name: page, exact: true }).count(), 0, page);
    await go(his, `${channel}/admins`);
    await his.getByText('Create posts, Delete posts').waitFor();
    assert.equal(await his.getByRole('switch').count(), 0);
    for (const page of ['edit', 'statistics', 'delete']) {
      await go(his, `${channel}/${page}`);
      await his.getByText('You do not have permission to manage this channel.').waitFor();
    }
    await go(his, channel);
    await page.getByRole('switch', { name: 'Create posts' }).click();
    await composer(his).waitFor({ state: 'detached' });
    await keepScreen(his, 'flow-admin-without-post-phone');
    await page.getByRole('button', { name: 'Remove admin' }).click();
    const ask = page.getByRole('dialog', { name: 'Remove Ben as admin?' });
    await ask.getByRole('button', { name: 'Remove admin' }).click();
    await page.getByText('Ben is no longer an admin').waitFor();
  });

  await t.test('a channel goes when its name is written, and not before', async () => {
    const { page } = owner;
    await go(page, `${channel}/delete`);
    await page.getByRole('button', { name: 'Delete channel' }).click();
    const ask = page.getByRole('dialog');
    const sure = ask.getByRole('button', { name: 'Delete for everyone' });
    const field = ask.getByRole('textbox');
    for (const wrong of ['', 'Morning', 'morning news']) {
      await field.fill(wrong);
      await page.keyboard.press('Enter');
      assert.equal(await sure.isDisabled(), true, `“${wrong}” is not the name`);
    }
    await keepScreen(page, 'flow-delete-desk');
    assert.equal(await ask.isVisible(), true);
    await field.fill('Morning news');
    await sure.click();
    await page.getByText('Channel deleted').waitFor();
    await page.getByRole('link', { name: /Morning news/ }).waitFor({ state: 'detached' });
    await admin.page.getByRole('heading', { name: 'Morning news' }).waitFor({ state: 'detached' });
    await keepScreen(admin.page, 'flow-deleted-phone');
    await go(admin.page, '#');
    await admin.page.getByText('No chats yet').waitFor();
  });
  assert.deepEqual([...owner.complaints, ...admin.complaints], []);
});

/** With a username, leaving the check of the phrase for later. */
async function signUpAs(page: Page, name: string, username: string): Promise<void> {
  page.setDefaultTimeout(patienceMs);
  await go(page, '#sign-up');
  await page.getByRole('textbox', { name: 'Username' }).fill(username);
  await fillAccountForm(page, name);
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('heading', { name: 'Discover channels' }).first().waitFor();
}

async function placeOf(page: Page): Promise<string> {
  await page.waitForFunction(() => location.hash.startsWith('#c/'));
  return page.evaluate(() => location.hash);
}

/** The newest day of a plot, as it tells those who cannot see it. */
async function countOf(page: Page, plot: string, count: number): Promise<void> {
  const slider = page.getByRole('slider', { name: plot });
  await slider.waitFor();
  const said = await slider.getAttribute('aria-valuetext');
  assert.match(said ?? '', new RegExp(`: ${count}$`), plot);
}

async function menuOf(post: Locator): Promise<readonly string[]> {
  const page = post.page();
  await showTools(post);
  await post.getByRole('button', { name: 'Post actions' }).click();
  await page.getByRole('menuitem').first().waitFor();
  const names = await page.getByRole('menuitem').allTextContents();
  await page.keyboard.press('Escape');
  return names;
}

/** Red on the left, blue on the right. */
async function halves() {
  const image = sharp({
    create: { width: 800, height: 400, channels: 3, background: { r: 255, g: 0, b: 0 } },
  }).composite([
    {
      input: {
        create: { width: 400, height: 400, channels: 3, background: { r: 0, g: 0, b: 255 } },
      },
      left: 400,
      top: 0,
    },
  ]);
  return { name: 'halves.png', mimeType: 'image/png', buffer: await image.png().toBuffer() };
}

function middleColour(image: Locator): Promise<readonly [number, number, number]> {
  return image.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) throw new Error('no image');
    await element.decode();
    const canvas = new OffscreenCanvas(9, 9);
    const context = canvas.getContext('2d');
    context?.drawImage(element, 0, 0, 9, 9);
    const [red = 0, green = 0, blue = 0] = context?.getImageData(4, 4, 1, 1).data ?? [];
    return [red, green, blue] as const;
  });
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  assert.ok(box, `${locator} is drawn`);
  return box;
}
