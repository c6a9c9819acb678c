import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { BrowserContext, Page, Worker } from 'playwright-core';
import type { testedApp } from './app/main.ts';
import { builtApp, openBrowser, Site } from './site.ts';

declare const app: typeof testedApp;

const one = await builtApp({ after }, 'one');
const two = await builtApp({ after }, 'two');

async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await until(page, () => typeof app === 'object');
  return page;
}

/** Browsers start and end service workers when they find the time. */
const patienceMs = 45_000;

/** Not Playwright's own way to wait: that evaluates text, which the app's rules forbid. */
async function until(page: Page, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; ) {
    // While a page loads anew there is nothing to ask.
    if (await page.evaluate(holds).catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`never: ${holds.toString()}`);
}

const controlled = (page: Page) =>
  until(page, () => navigator.serviceWorker.controller?.state === 'activated');
const wordOf = (page: Page) => page.evaluate(() => app.word);
const lateOf = (page: Page) => page.evaluate(() => app.late());
const shells = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('shell-')));

test('APP-6: what the app needs is brought, what only another page needs is not', async (t) => {
  const script = readFileSync(join(one, 'service-worker.js'), 'utf8');
  const files = readdirSync(join(one, 'assets'));
  for (const file of files) {
    const own = !file.startsWith('other');
    assert.equal(script.includes(`/assets/${file}`), own, file);
  }
  assert.ok(files.some((file) => file.startsWith('late')));
  assert.match(script, /["'`]\/["'`]/, 'the page itself');
  assert.equal(script.includes('other.html'), false);
  const [version] =
    /[0-9a-f]{16}(?=" \/>)/.exec(readFileSync(join(one, 'index.html'), 'utf8')) ?? [];
  assert.ok(version && script.includes(version), 'page and service worker know their version');
  const again = await builtApp(t, 'one');
  assert.equal(
    readFileSync(join(again, 'service-worker.js'), 'utf8'),
    script,
    'same source, same version',
  );
});

test('APP-6, APP-7: opens without a server, updates without breaking an open tab', async (t) => {
  const site = new Site(t);
  await site.serve(one);
  const context = await openBrowser(t);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (/Content Security|TrustedScript|integrity/i.test(message.text()))
      complaints.push(message.text());
  });
  const tab = await openTab(context, site.url);
  await controlled(tab);

  await site.goOffline();
  await tab.reload();
  await until(tab, () => typeof app === 'object');
  assert.deepEqual([await wordOf(tab), await tab.textContent('output')], ['one', 'one']);
  await assert.rejects(context.newPage().then((page) => page.goto(`${site.url}/directory`)));

  await site.serve(two);
  assert.equal(await tab.evaluate(() => app.updateReady), false);
  await tab.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await until(tab, () => app.updateReady);
  assert.equal(await wordOf(tab), 'one');
  assert.equal((await shells(tab)).length, 2);

  // A new tab is the new version and takes over; the old one goes on, also with what it never loaded.
  const second = await openTab(context, site.url);
  assert.equal(await wordOf(second), 'two');
  await until(second, async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.waiting === null && registration.active?.state === 'activated';
  });
  await site.goOffline();
  assert.equal(await lateOf(tab), 'late of one');
  assert.equal(await wordOf(tab), 'one', 'nobody loaded it anew');
  assert.equal(await second.evaluate(() => app.updateReady), false);
  await second.close();

  await tab.evaluate(() => app.applyUpdate());
  await until(tab, () => typeof app === 'object' && app.word === 'two');
  assert.equal(await lateOf(tab), 'late of two');
  await until(tab, async () => {
    const names = await caches.keys();
    return names.filter((name) => name.startsWith('shell-')).length === 1;
  });
  assert.deepEqual(complaints, []);
});

test('APP-7: the tab that asks for it changes by itself; another that is open is told and stays whole', async (t) => {
  const site = new Site(t);
  await site.serve(one);
  const context = await openBrowser(t);
  const [first, second] = [await openTab(context, site.url), await openTab(context, site.url)];
  for (const tab of [first, second]) await controlled(tab);
  await site.serve(two);
  await first.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  for (const tab of [first, second]) await until(tab, () => app.updateReady);
  await first.evaluate(() => app.applyUpdate());
  await until(first, () => typeof app === 'object' && app.word === 'two');
  assert.deepEqual([await wordOf(second), await lateOf(second)], ['one', 'late of one']);
});

test('APP-9: a push shows a neutral notice in the app’s language, and a quiet one to who looks', async (t) => {
  const site = new Site(t);
  await site.serve(one);
  const context = await openBrowser(t);
  await context.grantPermissions(['notifications'], { origin: site.url });
  const tab = await openTab(context, site.url);
  await controlled(tab);
  const [worker] = context.serviceWorkers();
  assert.ok(worker);
  await tab.evaluate(() => app.languageChanged('ar'));
  await tab.bringToFront();
  const delivered = deliverPush(worker);
  await until(tab, async () => {
    const [notice] = await (await navigator.serviceWorker.ready).getNotifications();
    return notice?.silent === true;
  });
  await delivered;
  assert.deepEqual(await noticesOf(worker), [], 'the app is in front');
  await tab.goto('about:blank');
  await deliverPush(worker);
  await deliverPush(worker);
  assert.deepEqual(await noticesOf(worker), [
    { title: 'هيليوغرام', body: 'منشورات جديدة', dir: 'rtl', lang: 'ar', tag: 'news', data: null },
  ]);
  const again = await openTab(context, site.url);
  await until(again, async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).length === 0;
  });
});

/** As the browser does it when its push service brings something. */
async function deliverPush(worker: Worker): Promise<void> {
  await worker.evaluate(async () => {
    const waits: Promise<unknown>[] = [];
    const event = Object.assign(new Event('push'), {
      waitUntil: (work: Promise<unknown>) => void waits.push(work),
    });
    globalThis.dispatchEvent(event);
    await Promise.all(waits);
  });
}

async function noticesOf(worker: Worker) {
  return worker.evaluate(async () => {
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
    const notices = await registration.getNotifications();
    return notices.map(({ title, body, dir, lang, tag, data }) => ({
      title,
      body,
      dir,
      lang,
      tag,
      data,
    }));
  });
}
