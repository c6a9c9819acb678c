import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { chromiumArguments, findChromium } from '../../../scripts/chromium.ts';

const root = join(import.meta.dirname, '../../..');

/** Screens are kept here to be looked at. */
export const artefacts = join(root, 'artifacts/screens');

export interface RunningHouse {
  readonly origin: string;
  /** The server's data directory, for its operator. */
  readonly data: string;
  /** The command line as another person's device. */
  run(profile: string, ...args: readonly string[]): Promise<string>;
  /** The same, with lines on its standard input. */
  feed(profile: string, lines: readonly string[], ...args: readonly string[]): Promise<string>;
  /** Kills the server, as a power cut would. */
  stop(): void;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
}

/** A real server with the built app, on a free port. */
export async function openHouse(
  t: TestContext,
  flags: readonly string[] = [],
): Promise<RunningHouse> {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-app-'));
  let server = await serve(directory, '0', flags);
  const { origin } = server;
  const { port } = new URL(origin);
  t.after(() => {
    server.child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });
  return {
    origin,
    data: join(directory, 'data'),
    run: (profile, ...args) => commandLine(join(directory, profile), args),
    feed: (profile, lines, ...args) => commandLine(join(directory, profile), args, lines),
    stop: () => server.child.kill('SIGKILL'),
    start: async () => {
      server = await serve(directory, port, flags);
    },
  };
}

async function serve(directory: string, port: string, flags: readonly string[]) {
  const data = join(directory, 'data');
  const args = [
    'serve',
    '--data',
    data,
    '--port',
    port,
    '--json',
    '--log-level',
    'silent',
    ...flags,
  ];
  const child = spawn(process.execPath, [join(root, 'apps/cli/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of child.stdout) {
    const said: unknown = JSON.parse(String(line));
    if (typeof said === 'object' && said && 'url' in said)
      return { child, origin: String(said.url) };
  }
  throw new Error('the server did not start');
}

function commandLine(
  profile: string,
  args: readonly string[],
  lines: readonly string[] = [],
): Promise<string> {
  const cli = join(root, 'apps/cli/main.ts');
  const child = spawn(process.execPath, [cli, ...args, '--profile', profile, '--json'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (status) =>
      status === 0 ? resolve(said) : reject(new Error(`${args.join(' ')}: status ${status}`)),
    );
  });
}

export async function openBrowser(t: TestContext, more: readonly string[] = []): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumArguments, ...more],
  });
  t.after(async () => {
    // What a failed test saw last.
    await Promise.all(
      browser
        .contexts()
        .flatMap((context, i) =>
          context
            .pages()
            .map((page, j) =>
              keepScreen(page, `last-${nameOf(t)}-${i}-${j}`).catch(() => undefined),
            ),
        ),
    );
    await browser.close();
  });
  return browser;
}

const nameOf = ({ name }: TestContext): string => name.replace(/[^a-z0-9]+/gi, '-').slice(0, 40);

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained of: a test ends with none. */
  readonly complaints: string[];
}

/** A person's browser with one tab on the app. */
export async function visit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions & { readonly at?: string } = {},
): Promise<Visitor> {
  const { at = '', ...rest } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...rest });
  const page = await context.newPage();
  const complaints: string[] = [];
  listen(page, complaints);
  await page.goto(`${origin}/${at}`);
  return { context, page, complaints };
}

/** Connections that a test cuts on purpose are no complaint. */
const expected = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|WebSocket connection|Failed to fetch/;

export function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text()))
      complaints.push(message.text());
  });
}

/** Keeps a picture of the screen under `artifacts/screens`. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  await page.screenshot({ path: join(artefacts, `${name}.png`) });
}
