import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, openHouse, visit } from './house.ts';

test('over plain HTTP from another machine the app says what is wrong, in one’s language, and what is left', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t, ['--host-resolver-rules=MAP far.example 127.0.0.1']);
  const origin = house.origin.replace('127.0.0.1', 'far.example');
  const { page, complaints } = await visit(browser, origin);
  await page.getByRole('heading', { name: 'This address is not secure' }).waitFor();
  const read = page.getByRole('link', { name: 'Read public channels' });
  assert.equal(await read.getAttribute('href'), '/directory');
  assert.deepEqual(page.workers(), []);
  const arabic = await visit(browser, origin, { locale: 'ar' });
  await arabic.page.getByRole('heading', { name: 'هذا العنوان غير آمن' }).waitFor();
  const defects = complaints.filter((each) => !/Cross-Origin-(Opener|Embedder)-Policy/.test(each));
  assert.deepEqual(defects, []);
});
