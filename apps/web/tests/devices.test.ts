import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { keepScreen, openBrowser, openHouse, visit } from './house.ts';
import { composer, createChannel, go, patienceMs, publish, signUp } from './people.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('a device that another one removes is cut off at once and says why', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const first = await visit(browser, house.origin, { viewport: { width: 1440, height: 900 } });
  const words = await signUp(first.page, 'Ada');
  await createChannel(first.page, 'Mine', 'channel_of_ada');
  const second = await visit(browser, house.origin, { ...phone, at: '#sign-in' });
  second.page.setDefaultTimeout(patienceMs);
  await second.page.getByRole('textbox', { name: 'Recovery phrase' }).fill(words.join(' '));
  await second.page.getByRole('button', { name: 'Sign in' }).tap();
  await second.page.getByText('Mine').first().tap();
  await composer(second.page).fill('Half a thought');

  const { page } = first;
  await page.getByText('New sign-in: Chromium, Linux 2').waitFor();
  await go(page, '#settings/devices');
  const actions = page.getByRole('button', { name: 'Actions for Chromium, Linux 2' });
  await actions.click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Device name' }).fill('Phone');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await page.getByText('New sign-in: Phone').waitFor();
  await keepScreen(page, 'flow-devices-desk');
  // The notice has the only button of that name: entries of a menu are no buttons.
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Phone was removed').waitFor();
  await page.getByText('New sign-in: Phone').waitFor({ state: 'detached' });

  await second.page.getByText('This device was removed from your account').first().waitFor();
  await keepScreen(second.page, 'flow-revoked-phone');
  await composer(second.page).waitFor({ state: 'detached' });
  await second.page.reload();
  await second.page.getByText('You can read without an account.').waitFor();
  await keepScreen(second.page, 'flow-revoked-later-phone');
  // The one that removed goes on.
  await go(page, '#@channel_of_ada');
  await publish(page, 'Still here');
  await page.locator('[data-seq]').filter({ hasText: 'Still here' }).waitFor();
  assert.deepEqual([...first.complaints, ...second.complaints], []);
});

test('a new version that comes while a tab is open breaks nothing and waits to be taken', async (t) => {
  const app = copyOfApp(t);
  const house = await openHouse(t, ['--web-app', app]);
  const browser = await openBrowser(t);
  const { page, complaints } = await visit(browser, house.origin, phone);
  await signUp(page, 'Ada');
  await createChannel(page, 'Mine', 'channel_of_ada');
  await composer(page).fill('Half a thought');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const before = await versionOf(page);
  house.stop();
  const next = anotherVersion(app, before);
  await house.start();
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await page.getByText('Update available').waitFor();
  await keepScreen(page, 'flow-new-version-phone');
  assert.equal(await versionOf(page), before);
  // What was not loaded yet still opens.
  await go(page, '#settings/appearance');
  await page.getByText('The quick brown fox').waitFor();
  await go(page, '#@channel_of_ada');
  await written(page, 'Half a thought');
  await publish(page, 'From the old version');
  await page.locator('[data-seq]').filter({ hasText: 'From the old version' }).waitFor();
  await composer(page).fill('Another thought');
  await page.getByRole('button', { name: 'Update' }).tap();
  await page.locator(`meta[name=version][content="${next}"]`).waitFor({ state: 'attached' });
  await composer(page).waitFor();
  await written(page, 'Another thought');
  await page.getByText('Update available').waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
});

test('a push shows a neutral notice, whatever it carries, a quiet one for a moment to who looks', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page, context, complaints } = await visit(browser, house.origin, {
    viewport: { width: 1440, height: 900 },
  });
  await context.grantPermissions(['notifications'], { origin: house.origin });
  await signUp(page, 'Ada');
  await createChannel(page, 'Mine', 'channel_of_ada');
  await go(page, '#settings/notifications');
  await page.getByText('New post notifications').waitFor();
  await keepScreen(page, 'flow-notices-desk');
  const push = await pushTo(page, house.origin);
  await push('a secret word');
  const shown = await until(page, (notices) => notices.length > 0);
  assert.deepEqual(
    shown.map(({ silent }) => silent),
    [true],
    'Safari wants every push shown',
  );
  assert.deepEqual(
    await until(page, (notices) => notices.length === 0),
    [],
    'who looks at the app sees it there',
  );
  // A public page is not the app.
  await page.goto(`${house.origin}/@channel_of_ada`);
  await push('a secret word');
  await push('another secret');
  assert.deepEqual(await until(page, (notices) => notices.length > 0), [
    { title: 'Heliogram', body: 'New posts', data: null, lang: 'en', silent: false },
  ]);
  await page.goto(`${house.origin}/`);
  await page.getByRole('list', { name: 'Chats' }).getByText('Mine').waitFor();
  assert.deepEqual(
    await until(page, (notices) => notices.length === 0),
    [],
    'whoever opens the app has seen it',
  );
  assert.deepEqual(complaints, []);
});

/** The built app where it can be changed. */
function copyOfApp(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-web-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  cpSync(join(import.meta.dirname, '../dist'), directory, { recursive: true });
  return directory;
}

/** As a build of another source would be: another version in page and service worker. */
function anotherVersion(app: string, version: string): string {
  const next = createHash('sha256').update(version).digest('hex').slice(0, version.length);
  const [page, worker] = [join(app, 'index.html'), join(app, 'service-worker.js')];
  const integrity = () => createHash('sha256').update(readFileSync(page)).digest('base64');
  const old = integrity();
  const replaced = (path: string, from: string, to: string) => {
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes(from), `${path} says ${from}`);
    writeFileSync(path, text.replaceAll(from, to));
  };
  replaced(page, version, next);
  replaced(worker, version, next);
  replaced(worker, old, integrity());
  return next;
}

/** The draft comes a moment after the composer. */
async function written(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (words) => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.value === words,
    text,
  );
}

function versionOf(page: Page): Promise<string> {
  return page.evaluate(
    () => document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? '',
  );
}

/** Delivers as the browser's push service would. */
async function pushTo(page: Page, origin: string): Promise<(data: string) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [registration] = registrations;
      if (registration) resolve(registration.registrationId);
    });
  });
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  return async (data) => {
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  };
}

type Notices = Awaited<ReturnType<typeof noticesOf>>;

/** A push is shown, and taken away, a moment after it came. */
async function until(page: Page, right: (notices: Notices) => boolean): Promise<Notices> {
  const end = Date.now() + patienceMs;
  let notices = await noticesOf(page);
  while (!right(notices) && Date.now() < end) notices = await noticesOf(page);
  return notices;
}

function noticesOf(page: Page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const notices = await registration.getNotifications();
    return notices.map(({ title, body, data, lang, silent }) => ({
      title,
      body,
      data,
      lang,
      silent,
    }));
  });
}
