import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { ask, openSite, openTab, type Site } from './browser-site.ts';

let site: Site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

async function withContext(run: (context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await site.newContext();
  try {
    await run(context);
  } finally {
    await context.close();
  }
}

const reload = async (page: Page) => {
  await page.reload();
  await page.waitForFunction('typeof ask === "function"');
};

test('SDK-5: the store keeps its promises in Chromium, in private files and in memory', () =>
  withContext(async (context) => {
    for (const without of [false, true]) {
      const tab = await openTab(site, context);
      if (without) await ask(tab, 'loseOpfs');
      assert.equal(await ask(tab, 'open'), !without);
      await ask(tab, 'close');
      if (!without) await ask(tab, 'remove');
      const results = Object.entries((await ask(tab, 'contract')) as Record<string, string>);
      assert.ok(results.length > 30, `${results.length} cases`);
      const failures = results.filter(([, result]) => result !== 'ok');
      assert.deepEqual(failures, []);
      await tab.close();
    }
  }));

test('SDK-17: what was kept is there after a reload, and erased text is in no file', () =>
  withContext(async (context) => {
    const tab = await openTab(site, context);
    assert.equal(await ask(tab, 'open'), true);
    await ask(tab, 'keepBatch', 0, 60);
    await ask(tab, 'enqueue', 'queued');
    await ask(tab, 'setDraft', 'unfinished');
    await reload(tab);
    assert.equal(await ask(tab, 'open'), true);
    assert.deepEqual(await ask(tab, 'batches', 0), { counts: [60], spans: [{ from: 1, to: 60 }] });
    assert.deepEqual(await ask(tab, 'sendable'), ['queued']);
    assert.equal(await ask(tab, 'draft'), 'unfinished');
    await ask(tab, 'close');
    const words = ['unmistakable7x', 'unmistakable8x', 'unmistakable9x'];
    assert.deepEqual(await ask(tab, 'traces', words), words);
    await ask(tab, 'open');
    await ask(tab, 'removeSeqs', [7, 9]);
    await ask(tab, 'close');
    assert.deepEqual(await ask(tab, 'traces', words), ['unmistakable8x']);
  }));

test('SDK-17: one tab leads; when it closes, the next takes over what it left, at once', () =>
  withContext(async (context) => {
    const [first, second, third] = [
      await openTab(site, context),
      await openTab(site, context),
      await openTab(site, context),
    ];
    await ask(first, 'lead');
    const secondLeads = ask(second, 'lead');
    assert.equal(await ask(second, 'leadershipState'), 'waiting');
    const thirdLeads = ask(third, 'lead');
    thirdLeads.catch(() => undefined);
    await ask(first, 'open');
    await ask(first, 'enqueue', 'left behind');
    assert.equal(await ask(third, 'leadershipState'), 'waiting');
    const closedAt = Date.now();
    await first.close();
    const tookOverMs = Number(await secondLeads) - closedAt;
    assert.equal(await ask(second, 'open'), true);
    assert.deepEqual(await ask(second, 'sendable'), ['left behind']);
    assert.ok(tookOverMs < 2_000, `took over after ${tookOverMs} ms`);
    assert.equal(await ask(third, 'leadershipState'), 'waiting');
    await ask(second, 'close');
    await ask(second, 'release');
    await thirdLeads;
    assert.equal(await ask(third, 'open'), true);
    assert.equal(await ask(second, 'leadershipState'), 'idle');
    const again = ask(second, 'lead');
    await third.close();
    await again;
  }));

test('SDK-17: who opens a store that another holds gets one in memory, and takes nothing away', () =>
  withContext(async (context) => {
    const holder = await openTab(site, context);
    await ask(holder, 'open');
    await ask(holder, 'keepBatch', 0, 60);
    const other = await openTab(site, context);
    assert.equal(await ask(other, 'open'), false);
    await ask(other, 'close');
    await ask(holder, 'keepBatch', 1, 60);
    await reload(holder);
    assert.equal(await ask(holder, 'open'), true);
    const { counts } = (await ask(holder, 'batches', 1)) as { counts: number[] };
    assert.deepEqual(counts, [60, 60]);
    await ask(holder, 'close');
    assert.equal(await ask(other, 'open'), true);
  }));

test('SDK-17: a tab killed in the middle of writing leaves whole batches, all that it was told of', () =>
  withContext(async (context) => {
    const size = 40;
    let acknowledged = -1;
    for (const killAfterMs of [0, 3, 7, 12, 20]) {
      const tab = await openTab(site, context);
      await ask(tab, 'lead');
      assert.equal(await ask(tab, 'open'), true);
      const enough = acknowledged + 3;
      let killed: Promise<void> | undefined;
      while (await keeps(tab, acknowledged + 1, size)) {
        acknowledged++;
        if (acknowledged >= enough) killed ??= delay(killAfterMs).then(() => crash(context, tab));
      }
      await killed;
      const next = await openTab(site, context);
      await ask(next, 'lead');
      assert.equal(await ask(next, 'open'), true);
      const found = (await ask(next, 'batches', acknowledged + 2)) as {
        counts: number[];
        spans: unknown;
      };
      const whole = found.counts.filter((count) => count === size).length;
      const none = found.counts.filter((count) => count === 0).length;
      assert.equal(whole + none, found.counts.length, 'a torn batch');
      assert.ok(whole > acknowledged, `${whole} of ${acknowledged + 1} told`);
      assert.deepEqual(found.spans, [{ from: 1, to: whole * size }]);
      acknowledged = whole - 1;
      await next.close();
    }
  }));

test('SDK-17: a damaged store says so, and starting over leaves the device its keys', () =>
  withContext(async (context) => {
    const tab = await openTab(site, context);
    await ask(tab, 'putKeys', 9);
    await ask(tab, 'open');
    await ask(tab, 'keepBatch', 0, 60);
    await ask(tab, 'close');
    assert.ok(Number(await ask(tab, 'breakFiles')) > 0);
    await reload(tab);
    assert.equal(await ask(tab, 'openError'), 'damaged');
    await ask(tab, 'remove');
    assert.equal(await ask(tab, 'open'), true);
    assert.deepEqual(await ask(tab, 'batches', 0), { counts: [0], spans: [] });
    assert.deepEqual(await ask(tab, 'keys'), ['a', 'd', 9, 9]);
  }));

test('SDK-17: without room a write fails as storage_full, and what was kept stays readable', () =>
  withContext(async (context) => {
    const tab = await openTab(site, context);
    await ask(tab, 'open');
    await ask(tab, 'keepBatch', 0, 100);
    const session = await context.newCDPSession(tab);
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin: site.origin });
    const quotaSize = usage + 400_000;
    await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize });
    assert.equal(await ask(tab, 'fill', 200), 'storage_full');
    const full = (await ask(tab, 'batches', 0)) as { counts: number[] };
    assert.deepEqual(full.counts, [100]);
    await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin });
    await ask(tab, 'enqueue', 'room again');
    await reload(tab);
    await ask(tab, 'open');
    assert.deepEqual(await ask(tab, 'sendable'), ['room again']);
  }));

test('SDK-17: a device’s keys outlive the store and the page, until they are deleted', () =>
  withContext(async (context) => {
    const tab = await openTab(site, context);
    assert.equal(await ask(tab, 'keys'), undefined);
    await ask(tab, 'putKeys', 7);
    await ask(tab, 'putKeys', 8);
    await ask(tab, 'open');
    await ask(tab, 'close');
    await ask(tab, 'remove');
    await reload(tab);
    assert.deepEqual(await ask(tab, 'keys'), ['a', 'd', 8, 8]);
    assert.equal(await tab.evaluate('localStorage.length'), 0);
    await ask(tab, 'deleteKeys');
    assert.equal(await ask(tab, 'keys'), undefined);
  }));

async function keeps(tab: Page, batch: number, size: number): Promise<boolean> {
  try {
    await ask(tab, 'keepBatch', batch, size);
    return true;
  } catch {
    return false;
  }
}

/** The page's process and its workers end as they are. */
async function crash(context: BrowserContext, tab: Page): Promise<void> {
  const session = await context.newCDPSession(tab);
  session.send('Page.crash').catch(() => undefined);
  await new Promise<void>((resolve) => {
    tab.once('crash', () => resolve());
  });
  await tab.close();
}
