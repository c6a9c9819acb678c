import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../../../scripts/chromium.ts';
import { frontPage } from './front-page.ts';
import { Newsroom } from './newsroom.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const room = new Newsroom();
let browser: Browser;
let paths: readonly string[] = [];

before(async () => {
  await room.open();
  const { photoPost } = await frontPage(room);
  const post = `/@hilltopcourier/${photoPost}`;
  paths = [
    '/@hilltopcourier',
    post,
    `${post}/embed`,
    '/@eveningrelay?before=100',
    '/@maralindqvist',
    '/directory',
    '/@nobody_here',
  ];
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumArguments],
  });
});
after(async () => {
  await browser.close();
  await room.close();
});

/** Opens each page; what the browser complains of is collected. */
async function visit(
  options: { readonly colorScheme?: 'light' | 'dark'; readonly width: number },
  look: (page: Page, path: string) => Promise<void>,
): Promise<readonly string[]> {
  const { colorScheme = 'light', width } = options;
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 844 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (!message.text().includes('status of 404')) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(room.url) || request.url().startsWith('data:');
    if (!isOwn) complaints.push(request.url());
  });
  for (const path of paths) {
    await page.goto(`${room.url}${path}`);
    await look(page, path);
  }
  await context.close();
  return complaints;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`PAGE-35: axe finds nothing on any page, ${colorScheme}`, async () => {
    const found: string[] = [];
    await visit({ colorScheme, width: 390 }, async (page, path) => {
      await page.evaluate(axe);
      const run = 'axe.run({ rules: { "color-contrast-enhanced": { enabled: true } } })';
      const { violations } = (await page.evaluate(run)) as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      for (const { id, nodes } of violations) found.push(`${path} ${id} ${nodes[0]?.html}`);
    });
    assert.deepEqual(found, []);
  });
}

test('PAGE-35: nothing is wider than the narrowest phone, nor than paper', async () => {
  const complaints = await visit({ width: 360 }, async (page, path) => {
    const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    assert.equal(await page.evaluate(wide), false, path);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.evaluate(wide), false, `${path} on paper`);
    await page.emulateMedia({ media: 'screen' });
  });
  assert.deepEqual(complaints, []);
});

test('PAGE-22: the browser finds nothing to block', async () => {
  const complaints = await visit({ width: 1_440 }, async (page) => {
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await page.waitForLoadState('networkidle');
    const broken =
      '[...document.images].filter((image) => image.complete && image.naturalWidth === 0).length';
    assert.equal(await page.evaluate(broken), 0);
  });
  assert.deepEqual(complaints, []);
});

test('PAGE-22: a post stands in a frame on another site, a page does not', async (t) => {
  const elsewhere = createServer((request, response) => {
    const frame = `<iframe src="${room.url}${request.url}" sandbox="allow-same-origin allow-popups"></iframe>`;
    response.writeHead(200, { 'content-type': 'text/html' }).end(frame);
  });
  t.after(() => {
    elsewhere.close();
    elsewhere.closeAllConnections();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, 'localhost', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  const page = await browser.newPage();
  await page.goto(`http://localhost:${port}/@hilltopcourier/3/embed`);
  const shown = page.frameLocator('iframe');
  await shown.getByText('First light, from the shelter').last().waitFor();
  const loaded = 'document.querySelector(".album img").decode().then(() => true)';
  assert.equal(await page.frames()[1]?.evaluate(loaded), true);
  await page.goto(`http://localhost:${port}/@hilltopcourier/3`);
  await page.waitForLoadState('networkidle');
  assert.equal(await shown.getByText('First light').count(), 0);
  await page.close();
});
