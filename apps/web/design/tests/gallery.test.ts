import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import { openGallerySite } from './gallery-site.ts';

type Site = Awaited<ReturnType<typeof openGallerySite>>;
const pictures = fileURLToPath(new URL('../../../../artifacts/design/', import.meta.url));
const axe = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
let site: Site;

before(async () => {
  site = await openGallerySite();
  await mkdir(pictures, { recursive: true });
});
after(() => site.close());

const looks = ['light', 'dark'].flatMap((theme) =>
  ['en', 'ar'].map((language) => ({ theme, language })),
);

for (const { theme, language } of looks) {
  for (const mood of theme === 'light' || language === 'ar' ? ['sun', 'shade', 'night'] : ['sun']) {
    test(`axe finds nothing: ${theme}, ${language}, ${mood}`, async () => {
      const { page, done } = await open(`theme=${theme}&language=${language}&mood=${mood}`);
      await page.evaluate(atRest);
      await page.evaluate(axe);
      const found = await page.evaluate(`axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`);
      assert.deepEqual(found, []);
      await done();
    });
  }

  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const) {
    test(`nothing sticks out: ${theme}, ${language}, ${width}×${height}`, async () => {
      const { page, done } = await open(`theme=${theme}&language=${language}`, { width, height });
      assert.deepEqual(await overhang(page), []);
      await page.screenshot({
        path: `${pictures}gallery-${theme}-${language}-${width}.png`,
        fullPage: true,
      });
      await done();
    });
  }
}

/** Fonts differ between machines. Spacing imitates wider ones; 0.12 em is what WCAG 1.4.12 asks for.
    Browsers draw a lone `monospace` smaller. */
const letterings = [
  { family: '', spacing: '0' },
  { family: 'monospace, monospace', spacing: '0' },
  { family: '', spacing: '0.12em' },
  { family: 'monospace, monospace', spacing: '0.25em' },
] as const;

for (const { family, spacing } of letterings) {
  const font = `${family || 'the fonts of this machine'}, ${spacing} wider`;
  test(`at 200 % zoom on a narrow window, and with the largest text, nothing sticks out: ${font}`, async () => {
    const zoomed = await open('', { width: 320, height: 512 });
    await letter(zoomed.page, family, spacing);
    assert.deepEqual(await overhang(zoomed.page), []);
    await zoomed.done();
    const large = await open('text=137.5&language=ar', { width: 390, height: 844 });
    await letter(large.page, family, spacing);
    assert.deepEqual(await overhang(large.page), []);
    await large.done();
  });
}

test('what fingers press is 44 px at least', async () => {
  const { page, done } = await open('', { width: 390, height: 844, touch: true });
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button:not([data-size="s"]), .ui-row, select, .ui-choice')]
      .map((element) => ({ box: element.getBoundingClientRect(), name: element.className }))
      .filter(({ box }) => box.height > 0 && box.height < 43.99)
      .map(({ box, name }) => `${name} ${box.height}`),
  );
  assert.deepEqual(small, []);
  await done();
});

test('a dialog keeps the focus, Escape closes it, the focus goes back', async () => {
  const { page, done } = await open('');
  const opener = page.getByRole('button', { name: 'Dialog', exact: true });
  await opener.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Forward to' });
  await dialog.waitFor();
  for (let presses = 0; presses < 8; presses++) {
    await page.keyboard.press('Tab');
    // Between the last and the first, the focus may be with the browser's own buttons.
    assert.ok(
      await page.evaluate(() => {
        const at = document.activeElement;
        return at === document.body || at?.closest('dialog') !== null;
      }),
    );
  }
  await dialog.getByRole('button', { name: 'In a dialog' }).click();
  await page.getByRole('menuitem', { name: 'One' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem', { name: 'One' }).waitFor({ state: 'detached' });
  assert.equal(await dialog.isVisible(), true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await opener.evaluate((element) => element === document.activeElement), true);
  await done();
});

test('a deed confirmed by name waits for the name; its toast takes it back', async () => {
  const { page, done } = await open('');
  await page.getByRole('button', { name: 'Confirm by name' }).click();
  const deed = page.getByRole('button', { name: 'Delete for ever' });
  await page.keyboard.type('Observ');
  assert.equal(await deed.isDisabled(), true);
  await page.keyboard.press('Enter');
  assert.equal(await deed.isVisible(), true);
  await page.keyboard.type('atory');
  await page.keyboard.press('Enter');
  const notices = page.getByRole('region', { name: 'Notices' });
  await notices.getByText('The post is deleted.').waitFor();
  await notices.getByRole('button', { name: 'Undo' }).press('Enter');
  await notices.getByText('It is back.').waitFor();
  assert.equal(await notices.getByText('The post is deleted.').count(), 0);
  await done();
});

test('a toast is alive above an open dialog, and outlives it', async () => {
  const { page, done } = await open('');
  await page.getByRole('button', { name: 'Dialog', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Forward to' });
  await dialog.getByRole('button', { name: 'Copy the link' }).click();
  const toast = dialog.getByRole('region', { name: 'Notices' }).getByText('The link is copied.');
  await toast.waitFor();
  const box = await toast.boundingBox();
  assert.ok(box && box.y > 800, 'at the lower edge of the window');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('region', { name: 'Notices' }).getByText('The link is copied.').waitFor();
  await page
    .getByRole('region', { name: 'Notices' })
    .getByRole('button', { name: 'Close' })
    .click();
  assert.equal(await page.getByText('The link is copied.').count(), 0);
  await done();
});

test('a menu opens by keyboard, moves, acts and gives the focus back', async () => {
  const { page, done } = await open('');
  const more = page.getByRole('button', { name: 'More', exact: true });
  await more.press('ArrowDown');
  const first = page.getByRole('menuitem', { name: 'Edit' });
  await first.waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('Edit'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const muted = page.getByRole('menuitemcheckbox', { name: 'Muted' });
  assert.equal(await muted.getAttribute('aria-checked'), 'true');
  assert.equal(await muted.evaluate((element) => element === document.activeElement), true);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Notices' }).getByText('Copied').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'More');
  await done();
});

test('a context menu opens at the pointer, by the menu key and by a long touch', async () => {
  const { page, done } = await open('');
  const row = page.getByRole('button', { name: 'Right button or long touch' });
  await row.click({ button: 'right', position: { x: 60, y: 20 } });
  const menu = page.getByRole('menu', { name: 'This row' });
  await menu.waitFor();
  const rowBox = await row.boundingBox();
  const menuBox = await menu.boundingBox();
  assert.ok(rowBox && menuBox && Math.abs(menuBox.x - rowBox.x - 60) < 16, 'beside the pointer');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await row.focus();
  await page.keyboard.press('Shift+F10');
  // The first entry is ready: a key opened it.
  await menu.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  assert.equal(await row.evaluate((element) => element === document.activeElement), true);
  await row.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 80, clientY: 80 });
  await menu.waitFor();
  await done();
});

test('tabs and plots follow the line of reading', async () => {
  for (const [language, forth] of [
    ['en', 'ArrowRight'],
    ['ar', 'ArrowLeft'],
  ] as const) {
    const { page, done } = await open(`language=${language}`);
    await page.getByRole('tab', { name: 'Posts' }).focus();
    await page.keyboard.press(forth);
    assert.equal(
      await page.getByRole('tab', { name: 'Media' }).getAttribute('aria-selected'),
      'true',
    );
    await page.keyboard.press('End');
    assert.equal(await page.getByRole('tabpanel').innerText(), 'The panel of files.');
    const plot = page.getByRole('slider', { name: 'Views' });
    await plot.scrollIntoViewIfNeeded();
    const [views, box] = [page.getByRole('figure', { name: 'Views' }), await plot.boundingBox()];
    assert.ok(box);
    // The first of fourteen bars, from the side where reading begins.
    const inset = box.width / 28;
    const x = box.x + (language === 'ar' ? box.width - inset : inset);
    await page.mouse.move(x, box.y + 20);
    assert.equal(await views.locator('strong').innerText(), '120');
    await done();
  }
});

test('a plot says each point to ears, and has a table', async () => {
  const { page, done } = await open('');
  const plot = page.getByRole('slider', { name: 'Subscribers' });
  await plot.focus();
  await page.keyboard.press('Home');
  assert.equal(await plot.getAttribute('aria-valuetext'), 'Nov 1: 812');
  await page.keyboard.press('ArrowRight');
  assert.equal(await plot.getAttribute('aria-valuetext'), 'Nov 2: 830');
  await page.getByText('Subscribers as a table').click();
  assert.equal(await page.getByRole('row', { name: 'Nov 2 830' }).isVisible(), true);
  await done();
});

test('a tooltip comes with the keyboard and goes with Escape', async () => {
  const { page, done } = await open('');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Pinned' }).focus();
  await page.waitForSelector('.ui-tooltip:popover-open');
  assert.equal(await page.locator('.ui-tooltip').innerText(), 'Pinned');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.ui-tooltip:popover-open').count(), 0);
  await done();
});

test('the cropper gives a square JPEG of what its window shows', async () => {
  const { page, done } = await open('');
  const window = page.getByRole('application');
  await window.and(page.locator('[aria-busy="false"]')).focus();
  for (const key of ['+', '+', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
  const zoom = page.getByRole('slider', { name: 'Zoom' });
  assert.equal(Number(await zoom.inputValue()).toFixed(2), '1.21');
  await page.getByRole('button', { name: 'Crop' }).click();
  await page.getByText(/^image\/jpeg, \d+ bytes$/).waitFor();
  await done();
});

test('a camera reads the QR code in the dark theme', async () => {
  const { page, done } = await open('theme=dark&mood=night');
  const shot = await page.getByRole('img', { name: 'Leads to the channel' }).screenshot();
  const { data, info } = await sharp(shot)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const read = decodeQR({ width: info.width, height: info.height, data });
  assert.equal(read, 'https://helio.example/+4kQz81');
  await done();
});

test('without motion nothing moves for longer than a blink', async () => {
  const { page, done } = await open('', { reducedMotion: 'reduce' });
  const calm = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--calm'),
  );
  assert.equal(Number.parseFloat(calm), 0);
  await done();
});

interface Window {
  readonly width?: number;
  readonly height?: number;
  readonly touch?: boolean;
  readonly reducedMotion?: 'reduce';
}

/** Colours that are on their way from one mood to another are of neither. */
async function atRest(): Promise<void> {
  const moving = document
    .getAnimations()
    .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  await Promise.all(moving.map(({ finished }) => finished.catch(() => undefined)));
}

/** A page in a look, whose `done` also finds what the browser complained of. */
async function open(
  look: string,
  window: Window = {},
): Promise<{ page: Page; done(): Promise<void> }> {
  const { width = 1440, height = 900, touch = false, reducedMotion } = window;
  const context = await site.browser.newContext({
    viewport: { width, height },
    locale: 'en-US',
    hasTouch: touch,
    isMobile: touch,
    ...(reducedMotion ? { reducedMotion } : {}),
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // One picture of the gallery is missing on purpose.
    if (message.type() === 'error' && !message.location().url.endsWith('no-such-picture.png')) {
      complaints.push(message.text());
    }
  });
  await page.goto(site.at(look));
  await page.getByRole('heading', { name: 'Numbers and code' }).waitFor();
  return {
    page,
    done: async () => {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

/** Draws the whole page in one font family, or its own, with room between the letters. */
async function letter(page: Page, family: string, spacing: string): Promise<void> {
  await page.evaluate(
    ({ family, spacing }) => {
      const { style } = document.documentElement;
      style.letterSpacing = spacing;
      if (family === '') return;
      for (const role of ['ui', 'serif', 'code']) style.setProperty(`--font-${role}`, family);
    },
    { family, spacing },
  );
}

/** The elements that make the page wider than the window. */
function overhang(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('main *')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.left < -1 || box.right > clientWidth + 1))
      .map(
        ({ element, box }) => `${element.tagName} ${element.className} ${box.left} ${box.right}`,
      );
  });
}
