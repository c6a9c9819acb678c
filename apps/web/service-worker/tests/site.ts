import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium } from 'playwright-core';
import { build } from 'vite';
import { chromiumArguments, findChromium } from '../../../../scripts/chromium.ts';
import { loadConfig, type RunningServer, startServer } from '../../../server/main.ts';
import { precachePlugin } from '../../build/precache-plugin.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A test, or a test file with `after` of node:test. */
type Owner = { after(cleanUp: () => void): void };

function temporary(t: Owner): string {
  const folder = mkdtempSync(join(tmpdir(), 'heliogram-service-worker-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A small app that says `word`, built as the real one is. Answers its folder. */
export async function builtApp(t: Owner, word: string): Promise<string> {
  const outDir = temporary(t);
  await build({
    configFile: false,
    root: here('app'),
    publicDir: false,
    logLevel: 'warn',
    define: { 'import.meta.env.VITE_WORD': JSON.stringify(word) },
    plugins: [precachePlugin({ source: here('..'), otherPages: ['other'] })],
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { app: here('app/index.html'), other: here('app/other.html') } },
    },
  });
  return outDir;
}

/** The real server that gives one built app after another, at one address, or nothing for a while. */
export class Site {
  readonly #data: string;
  #server: RunningServer | undefined;
  #port = '0';

  constructor(t: TestContext) {
    this.#data = temporary(t);
    t.after(() => this.goOffline());
  }

  get url(): string {
    return this.#server?.url ?? `http://127.0.0.1:${this.#port}`;
  }

  async serve(webApp: string): Promise<void> {
    await this.goOffline();
    const flags = { data: this.#data, port: this.#port, 'log-level': 'silent' };
    const loaded = loadConfig({ flags: { ...flags, 'web-app': webApp }, env: {} });
    if (loaded.kind === 'invalid') throw new Error(loaded.problems.join());
    this.#server = await startServer(loaded.config);
    this.#port = String(this.#server.port);
  }

  async goOffline(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }
}

export async function openBrowser(t: TestContext): Promise<BrowserContext> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumArguments],
  });
  t.after(() => browser.close());
  return browser.newContext();
}
