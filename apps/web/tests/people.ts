import { createHash } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';

/** Machines of tests can be slow: what takes longer is taken for broken. */
export const patienceMs = 45_000;

/** Signs up from the welcome screen, leaving the check of the phrase for later; answers its words. */
export async function signUp(page: Page, name: string): Promise<readonly string[]> {
  page.setDefaultTimeout(patienceMs);
  await page.getByRole('link', { name: 'Create account' }).first().click();
  const words = await fillAccountForm(page, name);
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('heading', { name: 'Discover channels' }).first().waitFor();
  return words;
}

export async function fillAccountForm(page: Page, name: string): Promise<readonly string[]> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create account' }).click();
  const words = page.getByRole('list', { name: 'Your 24 words, in order' }).getByRole('listitem');
  await words.nth(23).waitFor();
  return (await words.allTextContents()).map((text) => text.replace(/^[0-9]+/, ''));
}

/** Creates a public channel and stays in it. */
export async function createChannel(page: Page, title: string, username: string): Promise<void> {
  await go(page, '#new-channel');
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('textbox', { name: 'Public link' }).fill(username);
  await page.getByRole('button', { name: 'Create channel' }).click();
  await composer(page).waitFor();
}

export function composer(page: Page) {
  return page.getByRole('textbox', { name: 'Post text', exact: true });
}

export async function publish(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
}

export function postWith(page: Page, text: string) {
  return page.getByRole('article').filter({ hasText: text });
}

/** Takes one of the entries of a post's menu. */
export async function choose(post: Locator, action: string): Promise<void> {
  await showTools(post);
  await post.getByRole('button', { name: 'Post actions' }).click();
  await post.page().getByRole('menuitem', { name: action, exact: true }).click();
}

/** A post's tools come with the pointer, or with the focus that a finger brings. */
export async function showTools(post: Locator): Promise<void> {
  const hovers = await post.page().evaluate(() => matchMedia('(hover: hover)').matches);
  if (hovers) return post.hover();
  const tools = post.getByRole('button', { name: 'Post actions' });
  // A dialog that closes gives the focus back a moment later, and the tools go with it.
  for (let tries = 0; tries < 5 && !(await tools.isVisible()); tries++) {
    await post.tap({ position: { x: 8, y: 8 } });
    await tools.waitFor({ timeout: 2_000 }).catch(() => undefined);
  }
}

/** To another place of the app, as a link inside of it does. */
export async function go(page: Page, fragment: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, fragment);
}

/** A picture whose pixels depend on its name, so that no two are the same bytes. */
export async function picture(name: string, width: number, height: number) {
  const [red = 0, green = 0, blue = 0] = createHash('sha256').update(name).digest();
  const background = { r: red, g: green, b: blue };
  const image = sharp({ create: { width, height, channels: 3, background } });
  return { name: `${name}.jpg`, mimeType: 'image/jpeg', buffer: await image.jpeg().toBuffer() };
}
