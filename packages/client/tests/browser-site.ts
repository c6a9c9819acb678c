import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../../../scripts/chromium.ts';

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  wasm: 'application/wasm',
  html: 'text/html',
};

/** As strict as the app's own pages. */
const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types test',
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

export interface Site {
  readonly origin: string;
  /** A browser with nothing stored, and what was stored stays until it is closed. */
  newContext(): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** A page and its worker, of the files in `in-browser`, under the app's rules, and a browser for it. */
export async function openSite(): Promise<Site> {
  const files = await bundle();
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    const body = files.get(path);
    const type = contentTypes[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    response.writeHead(body === undefined ? 404 : 200, { ...headers, 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return {
    origin: originOf(server),
    newContext: () => browser.newContext(),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Opens the page in a tab of its own. */
export async function openTab(site: Site, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.origin);
  await page.waitForFunction('typeof ask === "function"');
  return page;
}

/** Runs a scenario in the tab's worker. */
export function ask(page: Page, name: string, ...args: readonly unknown[]): Promise<unknown> {
  return page.evaluate(`ask(${[name, ...args].map((each) => JSON.stringify(each)).join(', ')})`);
}

async function bundle(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const entry = (name: string) => fileURLToPath(new URL(`in-browser/${name}`, import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { page: entry('page.ts'), 'store-worker': entry('store-worker.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  const files = new Map<string, string | Uint8Array>([
    [
      '/index.html',
      '<!doctype html><title>page</title><script type="module" src="/page.js"></script>',
    ],
  ]);
  for (const output of [result].flat()) {
    if (!('output' in output)) continue;
    for (const file of output.output) {
      files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source);
    }
  }
  return files;
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}
