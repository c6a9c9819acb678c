import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../../../scripts/chromium.ts';

export interface ChromiumAnswer {
  readonly version: string;
  readonly answer: unknown;
}

/**
 * Bundles a module, loads it in an empty page of a secure context (127.0.0.1) and answers with what
 * the function that it put on `globalThis` resolves to, called without arguments or as `call` says.
 */
export async function askChromium(
  entry: URL,
  functionName: string,
  call = `${functionName}()`,
): Promise<ChromiumAnswer> {
  const content = await bundle(fileURLToPath(entry));
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const answer = await withEmptyPage(async (url) => {
      const page = await browser.newPage();
      await page.goto(url);
      await page.addScriptTag({ content, type: 'module' });
      await page.waitForFunction(`typeof ${functionName} === "function"`);
      return page.evaluate(call);
    });
    return { version: browser.version(), answer };
  } finally {
    await browser.close();
  }
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'entry' } },
  });
  for (const output of [result].flat()) {
    if (!('output' in output)) continue;
    for (const chunk of output.output) if (chunk.type === 'chunk') return chunk.code;
  }
  throw new Error('The bundle is empty');
}

async function withEmptyPage<T>(run: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>page</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  try {
    return await run(`http://127.0.0.1:${address.port}/`);
  } finally {
    server.close();
  }
}
