import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../../../scripts/chromium.ts';
import { allCases } from './conformance/all-cases.ts';
import { expectations } from './conformance/case.ts';

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('conformance/browser-entry.ts', import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'entry' } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const output of outputs) {
    if (!('output' in output)) continue;
    for (const chunk of output.output) if (chunk.type === 'chunk') return chunk.code;
  }
  throw new Error('The bundle is empty');
}

/** A secure context (127.0.0.1) with an empty page. */
async function withEmptyPage<T>(run: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>conformance</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  try {
    return await run(`http://127.0.0.1:${address.port}/`);
  } finally {
    server.close();
  }
}

test('Chromium’s WebCrypto and noble give the verdicts that Node gives', async () => {
  const code = await bundle();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const answers = await withEmptyPage(async (url) => {
      const page = await browser.newPage();
      await page.goto(url);
      await page.addScriptTag({ content: code, type: 'module' });
      await page.waitForFunction('typeof conformance === "function"');
      return page.evaluate('conformance()');
    });
    assert.deepEqual(answers, { web: expectations(allCases), noble: expectations(allCases) });
  } finally {
    await browser.close();
  }
});
