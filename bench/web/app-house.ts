import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@heliogram/client';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts';
import { Child } from '../harness/child.ts';
import { newChannel, newPublisher, temporaryDirectory } from '../harness/publisher.ts';

const SERVER = new URL('../harness/server-process.ts', import.meta.url);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LOGS = join(ROOT, '../shared/data/irc');
const BUILT_APP = join(ROOT, 'apps/web/dist');
const POSTS_AT_ONCE = 500;

/** A server with the built app, and somebody who publishes there. */
export class AppHouse {
  readonly origin: string;
  readonly publisher: Client;
  readonly #server: Child;
  readonly #directory: ReturnType<typeof temporaryDirectory>;

  private constructor(parts: {
    readonly port: number;
    readonly publisher: Client;
    readonly server: Child;
    readonly directory: ReturnType<typeof temporaryDirectory>;
  }) {
    this.origin = `http://127.0.0.1:${parts.port}`;
    this.publisher = parts.publisher;
    this.#server = parts.server;
    this.#directory = parts.directory;
  }

  static async open(): Promise<AppHouse> {
    if (!existsSync(join(BUILT_APP, 'index.html'))) {
      throw new Error('the app is not built: npm run build');
    }
    const directory = temporaryDirectory();
    // A build that begins meanwhile changes nothing.
    const webAppDirectory = join(directory.path, 'app');
    cpSync(BUILT_APP, webAppDirectory, { recursive: true });
    const server = Child.start(SERVER);
    const dataDirectory = join(directory.path, 'data');
    const { port = 0 } = await server.ask({
      ask: 'listen',
      dataDirectory,
      webAppDirectory,
    });
    return new AppHouse({ port, publisher: await newPublisher(port), server, directory });
  }

  /** A public channel with these posts; answers its conversation id. */
  async newChannel(username: string, lines: readonly string[]): Promise<string> {
    const conversationId = await newChannel(this.publisher, username);
    for (let at = 0; at < lines.length; at += POSTS_AT_ONCE) {
      const drafts = lines.slice(at, at + POSTS_AT_ONCE).map((text) => ({ text }));
      const sent = await this.publisher.posts.send({ conversationId }, drafts);
      await Promise.all(sent.map((post) => post.posted));
    }
    return conversationId;
  }

  /** Bytes of a file of the app. */
  file(path: string): Uint8Array {
    return readFileSync(join(this.#directory.path, 'app', path));
  }

  /** Where a browser may keep its profile; gone with the house. */
  profile(name: string): string {
    return join(this.#directory.path, name);
  }

  async close(): Promise<void> {
    await this.publisher.close();
    await this.#server.stop();
    this.#directory.remove();
  }
}

/** So many lines that people wrote in chats, begun again where there are fewer. */
export function realLines(count: number): readonly string[] {
  const files = existsSync(LOGS) ? readdirSync(LOGS).filter((name) => name.endsWith('.txt')) : [];
  const lines = files
    .flatMap((name) => readFileSync(join(LOGS, name), 'utf8').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) throw new Error(`no chat logs lie in ${LOGS}`);
  return Array.from({ length: count }, (_, index) => lines[index % lines.length] ?? '');
}

/** A phone as Lighthouse's mobile profile has it. */
const phone = { viewport: { width: 412, height: 823 } };

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] });
}

export function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext(phone);
}

/** A browser whose profile lies on the disk, as a person's does. */
export function openProfile(directory: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(directory, {
    executablePath: findChromium(),
    args: [...chromiumArguments],
    ...phone,
  });
}

/** Signs up, puts the phrase off, and follows a channel. */
export async function becomeFollower(page: Page, origin: string, username: string): Promise<void> {
  page.setDefaultTimeout(60_000);
  await page.goto(`${origin}/#sign-up`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Reader');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('button', { name: 'Go on without' }).click();
  await page.getByRole('heading', { name: 'Channels to read' }).first().waitFor();
  await page.evaluate(`location.hash = '#@${username}'`);
  await page.getByRole('button', { name: 'Follow' }).click();
  await page.locator('[data-seq]').first().waitFor();
}
