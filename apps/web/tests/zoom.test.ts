import assert from 'node:assert/strict';
import test from 'node:test';
import type { Page } from 'playwright-core';
import { keepScreen, openBrowser, openHouse, visit } from './house.ts';
import { choose, composer, createChannel, go, postWith, publish, signUp } from './people.ts';

const sizes = {
  // A desk of 1440 × 900 at 200 %.
  desk: { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 },
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
} as const;

test('at 200 % and the largest text nothing is covered, cut off or out of reach', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  for (const [size, options] of Object.entries(sizes)) {
    await t.test(size, async () => {
      const { page, complaints } = await visit(browser, house.origin, {
        ...options,
        reducedMotion: 'reduce',
      });
      await page.evaluate(() => {
        localStorage.setItem('heliogram.preferences', JSON.stringify({ textSize: 137.5 }));
      });
      await page.reload();
      await signUp(page, 'Ada Lovelace');
      await createChannel(page, 'Letters from the desert at dawn', `letters_${size}`);
      for (const text of ['One', 'Two\n\n```\nlet a = 1;\n```', 'Three']) await publish(page, text);
      await page.locator('[data-seq]').filter({ hasText: 'Three' }).waitFor();
      const channel = await page.evaluate(() => location.hash);
      const faults: string[] = [];
      const look = async (name: string) => {
        await keepScreen(page, `zoom-${name}-${size}`);
        faults.push(...(await outOfReach(page)).map((each) => `${name}: ${each}`));
      };
      await look('channel');
      await composer(page).fill('A few words\nand a line\nand more of them\nand more');
      await look('composer');
      await page.getByRole('button', { name: 'Schedule post' }).click();
      await page.getByRole('dialog').getByText('In an hour').waitFor();
      await look('schedule');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await choose(postWith(page, 'One').last(), 'Forward');
      await page.getByRole('list', { name: 'Choose channels' }).waitFor();
      await look('forward');
      await page.keyboard.press('Escape');
      for (const [name, place, sign] of [
        ['list', '#', 'Letters from the desert'],
        ['info', `${channel}/info`, 'Your subscriber count is public. Subscriber names are not.'],
        ['edit', `${channel}/edit`, 'Show the author’s name on each post.'],
        ['statistics', `${channel}/statistics`, 'Posts per day'],
        [
          'new',
          '#new-channel',
          'Only you and your admins can post. Subscribers can read and react.',
        ],
        ['settings', '#settings', 'Appearance'],
        ['profile', '#settings/profile', 'A few words about you. Everyone can see them.'],
        ['appearance', '#settings/appearance', 'The quick brown fox'],
        ['devices', '#settings/devices', 'This device'],
        ['directory', '#directory', 'Public channels on this server, sorted by subscribers.'],
      ] as const) {
        await go(page, place);
        await page.getByText(sign).filter({ visible: true }).first().waitFor();
        await look(name);
      }
      await go(page, `${channel}/delete`);
      await page.getByRole('button', { name: 'Delete channel' }).click();
      await page.getByRole('dialog').getByRole('textbox').waitFor();
      await look('delete');
      await page.keyboard.press('Escape');
      assert.deepEqual(faults, []);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }
});

/** What can be pressed and is not where a finger or pointer gets it, and what is wider than the page. */
function outOfReach(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const modal = [...document.querySelectorAll('dialog')].find((each) => each.matches(':modal'));
    // The link past the list is seen when it has the focus.
    const places = 'a[href], button:not(.skip-link), input, textarea, select, summary';
    const shown = [...(modal ?? document).querySelectorAll<HTMLElement>(places)].filter(
      (each) =>
        !each.matches(':disabled, [inert] *') && each.checkVisibility({ opacityProperty: true }),
    );
    const faults: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the page');
    for (const each of shown) {
      each.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = each.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue;
      const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
      const top = document.elementFromPoint(x, y);
      const label = each.closest('label');
      if (top && (each.contains(top) || label?.contains(top) || top.contains(each))) continue;
      const name = each.getAttribute('aria-label') ?? each.textContent.trim().slice(0, 40);
      const over = top ? `${top.tagName}.${top.className}` : `nothing, at ${x},${y}`;
      faults.push(`${each.tagName} “${name}” lies under ${over}`);
    }
    return faults;
  });
}
