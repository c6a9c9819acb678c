import assert from 'node:assert/strict';
import test from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openBrowser, openHouse, visit } from './house.ts';
import { composer, createChannel, patienceMs, publish, signUp } from './people.ts';

test('OWN-13: two browsers of one account share drafts and pinned chats, and no text changes under the cursor', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const desk = await visit(browser, house.origin);
  const words = await signUp(desk.page, 'Ada');
  await createChannel(desk.page, 'First', 'first_of_ada');
  await createChannel(desk.page, 'Second', 'second_of_ada');
  const phone = await visit(browser, house.origin, { at: '#sign-in' });
  await recover(phone.page, words);

  await pin(desk.page, 'First');
  await order(phone.page, ['First', 'Second']);
  await pin(phone.page, 'Second');
  await Promise.all([desk.page, phone.page].map((page) => order(page, ['First', 'Second'])));
  await unpin(desk.page, 'First');
  await Promise.all([desk.page, phone.page].map((page) => order(page, ['Second', 'First'])));

  await composer(desk.page).fill('Half a thought');
  await chat(phone.page, 'Second').getByText('Half a thought').waitFor();
  await chat(phone.page, 'Second').click();
  await composer(phone.page).waitFor();
  await reads(phone.page, 'Half a thought');
  // The cursor of the desk is still where it wrote.
  await composer(phone.page).fill('A whole thought');
  await chat(desk.page, 'Second').getByText('A whole thought').waitFor();
  assert.equal(await composer(desk.page).inputValue(), 'Half a thought');
  await composer(desk.page).blur();
  await reads(desk.page, 'A whole thought');

  // Closed before it is sent, it is sent by the next tab of that browser.
  await composer(phone.page).fill('A thought of the last second');
  await chat(phone.page, 'Second').getByText('A thought of the last second').waitFor();
  await phone.page.close();
  const again = await phone.context.newPage();
  again.setDefaultTimeout(patienceMs);
  await again.goto(`${house.origin}/#@second_of_ada`);
  await reads(again, 'A thought of the last second');
  await reads(desk.page, 'A thought of the last second');

  await publish(again, 'Said');
  await reads(desk.page, '');
  await chat(desk.page, 'Second').getByText('Draft:').waitFor({ state: 'detached' });
  await order(desk.page, ['Second', 'First']);
  assert.deepEqual([...desk.complaints, ...phone.complaints], []);
});

async function recover(page: Page, words: readonly string[]): Promise<void> {
  page.setDefaultTimeout(patienceMs);
  await page.getByRole('textbox', { name: 'Recovery phrase' }).fill(words.join(' '));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await chat(page, 'First').waitFor();
}

function chat(page: Page, title: string): Locator {
  return page.getByRole('list', { name: 'Chats' }).getByRole('link', { name: title });
}

async function pin(page: Page, title: string): Promise<void> {
  await chat(page, title).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Pin' }).click();
}

async function unpin(page: Page, title: string): Promise<void> {
  await chat(page, title).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Unpin' }).click();
}

/** Waits until the list of chats is in this order. */
async function order(page: Page, titles: readonly string[]): Promise<void> {
  await page.waitForFunction((wanted) => {
    const list = document.querySelector('[aria-label="Chats"]');
    const shown = [...(list?.querySelectorAll('[data-chat]') ?? [])];
    return wanted.every((title, index) => shown[index]?.textContent?.includes(title) ?? false);
  }, titles);
}

async function reads(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.value === wanted,
    text,
  );
}
