import assert from 'node:assert/strict';
import test from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, openHouse, visit } from './house.ts';
import { patienceMs } from './people.ts';

const mostStops = 60;

test('keys alone: sign-up with three words, follow, read, react, menus, search, settings, help', async (t) => {
  const house = await openHouse(t);
  await house.run('writer', 'sign-up', '--server', house.origin, '--name', 'Writer');
  await house.run('writer', 'channel', 'create', '--title', 'By hand', '--username', 'by_hand');
  const lines = Array.from({ length: 12 }, (_, i) => `Line number ${i + 1}`);
  await house.feed('writer', lines, 'post', '@by_hand', '--stdin');
  const browser = await openBrowser(t);
  const { page, complaints } = await visit(browser, house.origin);
  page.setDefaultTimeout(patienceMs);
  await page.getByRole('link', { name: 'Create account' }).waitFor();

  await tabTo(page, 'Create account');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Create account' }).waitFor();
  await tabTo(page, 'Name');
  await page.keyboard.type('Hand');
  await page.keyboard.press('Enter');
  const words = page.getByRole('list', { name: 'Your 24 words, in order' }).getByRole('listitem');
  await words.nth(23).waitFor();
  const phrase = (await words.allTextContents()).map((text) => text.replace(/^[0-9]+/, ''));
  await tabTo(page, 'I wrote them down');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Check your phrase' }).waitFor();
  for (let asked = 0; asked < 3; asked++) {
    const place = await tabTo(page, /^Word \d+$/);
    await page.keyboard.type(phrase[Number(place.replace('Word ', '')) - 1] ?? '');
  }
  await tabTo(page, 'Check');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Discover channels' }).first().waitFor();
  await page.getByRole('button', { name: 'Follow' }).waitFor();
  await tabTo(page, /^Follow/);
  await page.keyboard.press('Enter');
  const row = page.getByRole('list', { name: 'Chats' }).getByRole('link');
  await row.waitFor();

  await t.test('the row of a chat: menu, escape, open', async () => {
    await tabTo(page, /By hand.*Line number 12/, 'Shift+Tab');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu').waitFor();
    await arrowTo(page, 'Pin');
    await arrowTo(page, 'Mute');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await stands(page, /By hand/);
    await page.keyboard.press('Enter');
    await page.locator('[data-seq="12"]').waitFor();
  });

  await t.test('posts by arrows, and a reaction', async () => {
    await tabTo(page, /^Posts: By hand/);
    await page.keyboard.press('End');
    await stands(page, /Line number 12$/);
    await page.keyboard.press('ArrowUp');
    await stands(page, /Line number 11$/);
    await page.keyboard.press('ArrowUp');
    await stands(page, /Line number 10$/);
    await tabTo(page, 'React');
    await page.keyboard.press('Enter');
    await page.locator('.reaction-picker').waitFor();
    await tabTo(page, '👍');
    await page.keyboard.press('Enter');
    await page.locator('[data-seq="10"]').getByRole('button', { name: '👍, 1, yours' }).waitFor();
  });

  await t.test('search by Ctrl+K, down into what was found', async () => {
    await page.keyboard.press('Control+k');
    await stands(page, /^Search chats/);
    await page.keyboard.type('number');
    await page
      .getByRole('link', { name: /Line number/ })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'A');
    await stands(page, /By hand/);
    await page.keyboard.press('ArrowUp');
    await stands(page, /^Search chats/);
    // The first takes the words away, the second the search.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox', { name: /^Search chats/ }).waitFor({ state: 'detached' });
  });

  await t.test('settings from the menu, help by ?, escape closes', async () => {
    await tabTo(page, 'Menu');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await arrowTo(page, 'Settings');
    await page.keyboard.press('Enter');
    await page.getByText('A few words about you. Everyone can see them.').waitFor();
    await tabTo(page, 'Appearance');
    await page.keyboard.press('Enter');
    await page.getByText('The quick brown fox').waitFor();
    await tabTo(page, 'Appearance', 'Shift+Tab');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Tab');
    const inside = () => document.activeElement?.closest('dialog') !== null;
    assert.equal(await page.evaluate(inside), true, 'the dialog keeps the focus');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await stands(page, 'Appearance');
  });

  await t.test('Tab goes through everything and out: there is no trap', async () => {
    await page.keyboard.press('Escape');
    const seen = new Set<string>();
    for (let stop = 0; stop < mostStops; stop++) {
      await page.keyboard.press('Tab');
      const { name, body } = await focused(page);
      if (body) return assert.ok(seen.size >= 4, `only ${[...seen].join(', ')}`);
      seen.add(name);
    }
    assert.fail(`never left: ${[...seen].join(', ')}`);
  });
  assert.deepEqual(complaints, []);
});

/** Presses Tab until something of this name has the focus; every stop on the way shows it. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<string> {
  const passed: string[] = [];
  for (let stop = 0; stop < mostStops; stop++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (now.body) continue;
    assert.ok(now.visible, `the focus is not seen at “${now.name}”`);
    if (typeof name === 'string' ? now.name === name : name.test(now.name)) return now.name;
    passed.push(now.name);
  }
  throw new Error(`“${name}” is not among ${passed.join(', ')}`);
}

/** Down a menu to the entry of this name. */
async function arrowTo(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < mostStops; stop++) {
    const now = await focused(page);
    if (now.name === name) return assert.ok(now.visible, `the focus is not seen at “${name}”`);
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`“${name}” is not in the menu`);
}

/** What has the focus has this name, soon, and shows it. */
async function stands(page: Page, name: string | RegExp): Promise<void> {
  let now = await focused(page);
  const until = Date.now() + patienceMs / 3;
  while (!(typeof name === 'string' ? now.name === name : name.test(now.name))) {
    if (Date.now() > until) throw new Error(`“${now.name}” has the focus, not “${name}”`);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    now = await focused(page);
  }
  assert.ok(now.visible, `the focus is not seen at “${now.name}”`);
}

/** Its name as a screen reader would say it, as far as the app names things. */
function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) {
      return { name: '', visible: true, body: true };
    }
    const labelled = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : '';
    const by = labelled.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const name = element.getAttribute('aria-label') ?? (by || label || element.textContent);
    // A field shows it on the box around it, a card on the whole card.
    const around: Element[] = [];
    for (let each: Element | null = element; each && around.length < 5; each = each.parentElement)
      around.push(each);
    const ringed = around.some((each) => {
      const style = getComputedStyle(each);
      return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
    });
    const seen = ringed || element.matches('main, section, h1');
    const visible = element.matches(':focus-visible') && seen;
    return { name: name.replace(/\s+/g, ' ').trim(), visible, body: false };
  });
}
