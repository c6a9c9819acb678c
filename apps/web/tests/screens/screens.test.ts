import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { texts as arabic } from '../../language/ar/texts.ts';
import { texts as english } from '../../language/en/texts.ts';
import { fill } from '../../language/fill.ts';
import type { Texts } from '../../language/languages.ts';
import { keepScreen, listen, openBrowser, openHouse } from '../house.ts';
import { fillAccountForm, go, patienceMs, picture } from '../people.ts';
import { ownersScreens, type Screen, strangersScreens } from './list.ts';
import { furnish, settleIn, type World } from './world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } } as const;
const narrow = { width: 320, height: 640 };

type Size = keyof typeof sizes;

interface Way {
  readonly language: 'en' | 'ar';
  readonly size: Size;
}

/** Somebody on their way through the screens, and what they found wrong. */
interface Walk extends Way {
  readonly page: Page;
  readonly faults: string[];
}

const ways: readonly Way[] = [
  { language: 'en', size: 'phone' },
  { language: 'en', size: 'desk' },
  { language: 'ar', size: 'phone' },
  { language: 'ar', size: 'desk' },
];

test('every screen, light and dark, on a phone and a desk, in English and Arabic', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const owner = await browser.newContext({ viewport: sizes.desk, reducedMotion: 'reduce' });
  const faults: string[] = [];
  const page = await openPage(owner, house.origin, faults);
  await go(page, '#sign-up');
  const phrase = await fillAccountForm(page, 'Ada Lovelace');
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  const world = await furnish(t, house, phrase);
  await settleIn(page, world);
  for (const way of ways) {
    await t.test(`${way.language}, ${way.size}`, async () => {
      const scene = sceneOf(way, world);
      await speak(page, way.language);
      await walkThrough({ ...way, page, faults }, [...ownersScreens(scene), composing(scene)]);
      const context = await browser.newContext({ reducedMotion: 'reduce' });
      const stranger = await openPage(context, house.origin, faults);
      await speak(stranger, way.language);
      await walkThrough({ ...way, page: stranger, faults }, strangersScreens(scene));
      await context.close();
      assert.deepEqual(faults.splice(0), []);
    });
  }
  await t.test('without a network', async () => {
    house.stop();
    await owner.setOffline(true);
    await page.setViewportSize(sizes.phone);
    await page.getByText(arabic.shell.offlineNote).waitFor();
    await look({ language: 'ar', size: 'phone', page, faults }, 'offline');
    await speak(page, 'en', false);
    await look({ language: 'en', size: 'phone', page, faults }, 'offline');
    assert.deepEqual(faults.splice(0), []);
  });
});

interface Scene {
  readonly texts: Texts;
  readonly world: World;
}

const sceneOf = ({ language }: Way, world: World): Scene => ({
  texts: language === 'ar' ? arabic : english,
  world,
});

async function openPage(context: BrowserContext, origin: string, faults: string[]): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs / 3);
  listen(page, faults);
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(blob|data):/.test(url) && !url.startsWith(origin)) faults.push(`request to ${url}`);
  });
  await page.goto(`${origin}/`);
  return page;
}

async function speak(page: Page, language: string, reload = true): Promise<void> {
  await page.evaluate((code) => {
    const value = JSON.stringify({ language: code });
    localStorage.setItem('heliogram.preferences', value);
    // As another tab tells it.
    dispatchEvent(new StorageEvent('storage', { key: 'heliogram.preferences', newValue: value }));
  }, language);
  if (reload) await page.reload();
  await page.locator(`html[lang^=${language}]`).waitFor();
}

async function walkThrough(walk: Walk, screens: readonly Screen[]): Promise<void> {
  const { page, faults, language, size } = walk;
  await page.setViewportSize(sizes[size]);
  for (const screen of screens) {
    try {
      await screen.open(page);
      await look(walk, screen.name);
      await screen.leave?.(page);
    } catch (error) {
      faults.push(`${screen.name} ${language} ${size}: ${String(error).slice(0, 600)}`);
      await keepScreen(page, `lost-${screen.name}-${language}-${size}`);
      await page.keyboard.press('Escape');
    }
  }
}

/** Files that wait in the composer. */
function composing({ texts: { composer }, world }: Scene): Screen {
  const names = ['one', 'two'];
  return {
    name: 'composer-album',
    open: async (page) => {
      await go(page, `#c/${world.letters}`);
      const album = await Promise.all(names.map((name) => picture(name, 800, 600)));
      await page.locator('.composer input[type=file]').first().setInputFiles(album);
      await page.getByRole('img', { name: composer.uploaded }).nth(1).waitFor();
    },
    leave: async (page) => {
      for (const name of names) {
        const remove = fill(composer.remove, `${name}.jpg`);
        await page.getByRole('button', { name: remove }).click();
      }
    },
  };
}

/** Pictures in both themes; what axe finds; what sticks out. */
async function look({ page, language, size, faults }: Walk, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await keepScreen(page, `${name}-${language}-${size}-${colorScheme}`);
    const examined = language === 'en' || (size === 'phone' && colorScheme === 'light');
    if (!examined) continue;
    const found = await violations(page);
    faults.push(...found.map((each) => `${name} ${language} ${size} ${colorScheme}: ${each}`));
  }
  if (size !== 'phone') return;
  await page.setViewportSize(narrow);
  // What is placed by script follows a moment later.
  const fits = (width: number) => document.documentElement.scrollWidth <= width;
  await page
    .waitForFunction(fits, narrow.width, { timeout: patienceMs / 9 })
    .catch(() => faults.push(`${name} ${language}: wider than ${narrow.width} px`));
  await page.setViewportSize(sizes.phone);
}

async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  return page.evaluate(`axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }).then(({ violations }) => violations.map(({ id, nodes }) =>
    id + ' ' + nodes.slice(0, 3).map(({ target, failureSummary }) =>
      target + ' ' + failureSummary.replace(/\\s+/g, ' ').slice(0, 200)).join(' | ')))`);
}
