import assert from 'node:assert/strict';
import test from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, openHouse, visit } from './house.ts';
import { createChannel, go, postWith, publish, signUp } from './people.ts';

const hostile = '<img src=x onerror="document.title=\'taken\'"><script>document.title=1</script>';
/** Turns what follows around: shown as it is, `gpj.exe` would read `exe.jpg`. */
const turned = 'Report \u202egpj.exe';

test('the app is cut off from other origins and from markup; what people write stays text', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page, complaints } = await visit(browser, house.origin);
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  await signUp(page, 'Ada <b>bold</b>');

  await t.test('headers of the document and of its workers', async () => {
    await headersHold(`${house.origin}/`);
    const workers = page.workers().map((worker) => worker.url());
    assert.ok(workers.length > 0, 'the worker runs');
    for (const url of workers) await headersHold(url);
    await headersHold(`${house.origin}/service-worker.js`);
  });

  await t.test('markup from text is refused by the browser', async () => {
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    assert.match(await refusal(page, "document.body.innerHTML = '<p>x</p>'"), /TrustedHTML/);
    assert.match(await refusal(page, "new Worker('/x.js')"), /TrustedScriptURL/);
    assert.match(await refusal(page, "trustedTypes.createPolicy('mine', {})"), /Policy/);
    assert.match(await refusal(page, "document.createElement('script').text = '1'"), /Trusted/);
    assert.match(await refusal(page, 'await fetch("https://example.org/")'), /Failed to fetch/);
  });
  // The probes were complained about, as they had to be.
  complaints.length = 0;

  await createChannel(page, `${hostile} ${'W'.repeat(20)}`, 'hostile_words');
  await publish(page, hostile);
  await page.locator('[data-seq]').filter({ hasText: hostile }).waitFor();
  await publish(page, turned);
  await postWith(page, 'Report').waitFor();
  await publish(page, '[javascript](javascript:alert(1)) and [bank](https://evil.example/login)');
  const links = postWith(page, 'and bank').getByRole('link');
  await links.first().waitFor();

  await t.test('posts and titles are text', async () => {
    assert.doesNotMatch(await page.title(), /^(taken|1)$/);
    assert.equal(await page.locator('img[src="x"], body script:not([src])').count(), 0);
    assert.equal(await page.locator('.main-column b').count(), 0);
    await go(page, '#directory');
    await page.getByText(hostile.slice(0, 40)).first().waitFor();
    assert.equal(await page.locator('img[src="x"]').count(), 0);
    await go(page, '#@hostile_words');
    await postWith(page, 'Report').waitFor();
  });

  await t.test('text that turns around does not reach beyond its post', async () => {
    const post = postWith(page, 'Report').locator('.post-text p');
    const isolated = await post.evaluate((element) => getComputedStyle(element).unicodeBidi);
    assert.match(isolated, /isolate|plaintext/);
  });

  await t.test(
    'links go to what they show, tell nobody where from, and are never script',
    async () => {
      const seen = await links.evaluateAll((all) =>
        all.map((link) => [link.getAttribute('href'), link.getAttribute('rel')]),
      );
      assert.ok(seen.length > 0);
      for (const [href, rel] of seen) {
        assert.equal(href, 'https://evil.example/login');
        assert.match(rel ?? '', /noopener.*noreferrer/);
      }
      await postWith(page, 'and bank').getByText('evil.example').first().waitFor();
    },
  );

  await t.test('a file that is a page does not run on this origin', async () => {
    const markup = '<script>localStorage.setItem("taken", "yes")</script>';
    for (const name of ['page.html', 'drawing.svg']) {
      const body = name.endsWith('svg')
        ? `<svg xmlns="http://www.w3.org/2000/svg">${markup}</svg>`
        : `<!doctype html>${markup}`;
      const mimeType = name.endsWith('svg') ? 'image/svg+xml' : 'text/html';
      await page
        .locator('input[type=file]')
        .last()
        .setInputFiles([{ name, mimeType, buffer: Buffer.from(body) }]);
      await publish(page, `With ${name}`);
      await page.locator('[data-seq]').filter({ hasText: name }).waitFor();
    }
    for (const button of await page.getByRole('button', { name: /^Download/ }).all()) {
      const answered = page.waitForResponse(/\/media\//);
      await button.click();
      const { url, headers } = await answered.then((answer) => ({
        url: answer.url(),
        headers: answer.headers(),
      }));
      assert.match(headers['content-security-policy'] ?? '', /^sandbox; default-src 'none'/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      const tab = await page.context().newPage();
      // It is offered as a download, which is no page to go to.
      await tab.goto(url).catch(() => undefined);
      await tab.close();
    }
    assert.equal(await page.evaluate(() => localStorage.getItem('taken')), null);
  });

  assert.deepEqual(
    asked.filter(
      (url) => !/^(blob|data):/.test(url) && new URL(url).host !== new URL(house.origin).host,
    ),
    [],
  );
  assert.deepEqual(complaints, []);
});

async function headersHold(url: string): Promise<void> {
  const { headers, status } = await fetch(url);
  assert.equal(status, 200, url);
  const policy = headers.get('content-security-policy') ?? '';
  const rules = new Map(
    policy.split('; ').map((rule) => {
      const [name = '', ...values] = rule.split(' ');
      return [name, values.join(' ')];
    }),
  );
  assert.equal(rules.get('default-src'), "'none'", url);
  assert.equal(rules.get('script-src'), "'self' 'wasm-unsafe-eval'", url);
  assert.equal(rules.get('require-trusted-types-for'), "'script'", url);
  assert.equal(rules.get('frame-ancestors'), "'none'", url);
  assert.equal(rules.get('base-uri'), "'none'", url);
  assert.doesNotMatch(policy, /'unsafe-(inline|eval)'|\bhttps?:/, url);
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', url);
  assert.equal(headers.get('cross-origin-embedder-policy'), 'require-corp', url);
  assert.equal(headers.get('x-content-type-options'), 'nosniff', url);
  assert.equal(headers.get('referrer-policy'), 'no-referrer', url);
}

/** What the page throws at this script, which the debugger may run and the page may not. */
async function refusal(page: Page, script: string): Promise<string> {
  return page.evaluate(`(async () => {
    try { ${script}; return 'it was let through'; } catch (error) { return String(error); }
  })()`);
}
