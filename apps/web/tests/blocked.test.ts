import assert from 'node:assert/strict';
import test from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { keepScreen, listen, openBrowser, openHouse } from './house.ts';
import { composer, createChannel, go, patienceMs, postWith, publish, signUp } from './people.ts';

/** A visitor whose app's worker begins with `script`: there is no other way to take things from it. */
async function visitWithWorker(browser: Browser, origin: string, script: string) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const complaints: string[] = [];
  listen(page, complaints);
  page.setDefaultTimeout(patienceMs);
  await context.route('**/assets/main-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script};${await response.text()}` });
  });
  await page.goto(`${origin}/`);
  return { page, context, complaints };
}

const refused = (path: string) =>
  `${path} = () => { throw new DOMException('refused', 'SecurityError'); }`;

async function saysBlocked(page: Page, what: RegExp): Promise<void> {
  await page.getByRole('heading', { name: 'Heliogram can’t start in this browser' }).waitFor();
  await page.getByText(what).waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  assert.equal(
    await page.getByRole('link', { name: 'Read public channels' }).getAttribute('href'),
    '/directory',
  );
}

test('WEB-15: what the browser refuses is said with what to do; without private files the app works in memory', async (t) => {
  const { origin } = await openHouse(t);
  // What is answered in place of the server counts as of no network, from which none may be dialled.
  const off = 'LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets';
  const browser = await openBrowser(t, [`--disable-features=${off}`]);

  await t.test('no place for keys', async () => {
    const { page, context } = await visitWithWorker(browser, origin, refused('indexedDB.open'));
    await saysBlocked(page, /blocks the storage that keeps your keys/);
    await keepScreen(page, 'blocked-keys');
    await context.close();
  });

  await t.test('no locks', async () => {
    const script =
      "navigator.locks.request = () => Promise.reject(new DOMException('', 'SecurityError'))";
    const { page, context } = await visitWithWorker(browser, origin, script);
    await saysBlocked(page, /blocks Web Locks/);
    await context.close();
  });

  await t.test('no worker', async () => {
    const { page, context } = await visitWithWorker(browser, origin, "throw new Error('too old')");
    await saysBlocked(page, /Part of the app didn’t load/);
    await context.close();
  });

  await t.test(
    'no private files: everything works as long as the tab, and it is said',
    async () => {
      const script = refused('navigator.storage.getDirectory');
      const { page, context, complaints } = await visitWithWorker(browser, origin, script);
      await signUp(page, 'Ada');
      await createChannel(page, 'In memory', 'in_memory');
      await publish(page, 'Remember me');
      const post = postWith(page, 'Remember me');
      await post.getByText('Sending').waitFor({ state: 'detached' });
      await go(page, '#chats');
      await page.getByText('Nothing is saved in this window').waitFor();
      await composer(page).waitFor({ state: 'detached' });
      assert.deepEqual(complaints, []);
      await context.close();
    },
  );
});
