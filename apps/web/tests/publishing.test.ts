import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { openBrowser, openHouse, visit } from './house.ts';
import {
  choose,
  composer,
  createChannel,
  go,
  patienceMs,
  picture,
  postWith,
  publish,
  signUp,
} from './people.ts';

test('two people: publish with album and file, live arrival, reaction, edit, delete with undo', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const ada = await visit(browser, house.origin);
  const ben = await visit(browser, house.origin, { viewport: { width: 390, height: 844 } });
  await Promise.all([signUp(ada.page, 'Ada'), signUp(ben.page, 'Ben')]);
  await createChannel(ada.page, 'Morning news', 'morning_news');
  await go(ben.page, '#@morning_news');
  await ben.page.getByRole('button', { name: 'Follow' }).click();

  await publish(ada.page, 'Good **morning**, everyone.');
  await postWith(ben.page, 'Good morning, everyone.').waitFor();

  const own = postWith(ada.page, 'Good morning');
  await choose(own, 'Edit');
  await composer(ada.page).fill('Good evening, everyone.');
  await ada.page.getByRole('button', { name: 'Save changes' }).click();
  const edited = postWith(ben.page, 'Good evening, everyone.');
  await edited.getByText('edited').waitFor();

  const files = ada.page.locator('input[type=file]').first();
  await files.setInputFiles([await picture('one', 1200, 800), await picture('two', 800, 1200)]);
  await publish(ada.page, 'An album');
  const album = postWith(ben.page, 'An album');
  await album.getByRole('button', { name: 'Photo 2 of 2' }).waitFor();

  await files.setInputFiles([
    { name: 'numbers.bin', mimeType: 'application/octet-stream', buffer: randomBytes(70_000) },
  ]);
  await publish(ada.page, 'A file');
  await postWith(ben.page, 'A file').getByText('numbers.bin').waitFor();

  const file = postWith(ada.page, 'A file');
  await choose(file, 'Delete');
  await file.waitFor({ state: 'detached' });
  await ada.page.getByRole('button', { name: 'Undo' }).click();
  await file.waitFor();
  await choose(file, 'Delete');
  await postWith(ben.page, 'A file').waitFor({ state: 'detached' });
  assert.deepEqual([...ada.complaints, ...ben.complaints], []);
});

test('recovery: the phrase brings the account and its channels to another browser', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const first = await visit(browser, house.origin);
  const words = await signUp(first.page, 'Ada');
  await createChannel(first.page, 'Mine', 'channel_of_ada');
  const second = await visit(browser, house.origin, { at: '#sign-in' });
  second.page.setDefaultTimeout(patienceMs);
  await second.page.getByRole('textbox', { name: 'Recovery phrase' }).fill(words.join(' '));
  await second.page.getByRole('button', { name: 'Sign in' }).click();
  await second.page.getByText('Mine').first().click();
  await composer(second.page).waitFor();
  await publish(second.page, 'From the second browser');
  await postWith(first.page, 'From the second browser').waitFor();
  assert.deepEqual([...first.complaints, ...second.complaints], []);
});

test('a post is forwarded with its origin, another is scheduled and taken back', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page, complaints } = await visit(browser, house.origin);
  await signUp(page, 'Ada');
  await createChannel(page, 'Source', 'the_source');
  await publish(page, 'Worth passing on');
  const original = postWith(page, 'Worth passing on');
  await original.getByText('Sending').waitFor({ state: 'detached' });
  await createChannel(page, 'Target', 'the_target');
  await go(page, '#@the_source');
  await choose(original, 'Forward');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Target/ }).click();
  await dialog.getByRole('button', { name: 'Forward' }).click();
  await go(page, '#@the_target');
  const forwarded = postWith(page, 'Worth passing on');
  await forwarded.getByText('Source').waitFor();

  await composer(page).fill('Later');
  await page.getByRole('button', { name: 'Schedule post' }).click();
  await page.getByRole('button', { name: 'In an hour' }).click();
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.locator('header').getByRole('button', { name: 'More' }).last().click();
  await page.getByRole('menuitem', { name: 'Scheduled posts' }).click();
  const scheduled = page.getByRole('dialog', { name: 'Scheduled posts' });
  await scheduled.getByText('Later').first().waitFor();
  await scheduled.getByRole('button', { name: 'Delete scheduled post' }).click();
  await scheduled.getByText('No scheduled posts').waitFor();
  assert.equal(await postWith(page, 'Later').count(), 0);
  assert.deepEqual(complaints, []);
});
