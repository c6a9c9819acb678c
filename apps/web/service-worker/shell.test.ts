import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Shell } from './shell.ts';
import { FakeCaches, requestOf } from './tests/fake-caches.ts';

type Server = Map<string, string | Promise<Response>>;

const html = { headers: { 'content-type': 'text/html; charset=utf-8' } };

/** A browser with one cache storage, and a server whose files a test changes. */
function browser() {
  const caches = new FakeCaches();
  const server: Server = new Map();
  const asked: string[] = [];
  const timers: (() => void)[] = [];
  const fetch = async (request: Request | string): Promise<Response> => {
    const path = typeof request === 'string' ? request : new URL(request.url).pathname;
    asked.push(path);
    const answer = server.get(path);
    if (answer === undefined) throw new TypeError('no network');
    if (typeof answer !== 'string') return answer;
    return answer === '404' ? new Response('', { status: 404 }) : new Response(answer, html);
  };
  const shellOf = (version: string, paths: readonly string[]) => {
    const files = paths.map((path) => ({ path, integrity: 'sha256-x' }));
    const after = (_delayMs: number, run: () => void) => void timers.push(run);
    return new Shell({ precache: { version, files }, caches, fetch, after });
  };
  return { caches, server, asked, timers, shellOf };
}

const textOf = async (response: Promise<Response>) => (await response).text();
const FIRST = ['/', '/assets/app-1.js', '/assets/kept-1.js', '/icon-192.png'];
const SECOND = ['/', '/assets/app-2.js', '/assets/kept-1.js', '/icon-192.png'];

function serve(server: Server, version: string, paths: readonly string[]): void {
  server.clear();
  for (const path of paths) server.set(path, `${path} of ${version}`);
}

async function installedFirst() {
  const world = browser();
  serve(world.server, 'v1', FIRST);
  const first = world.shellOf('v1', FIRST);
  await first.install();
  return { ...world, first };
}

test('APP-6: once installed everything opens without a network', async () => {
  const { server, first } = await installedFirst();
  server.clear();
  assert.equal(await textOf(first.page(requestOf('/'))), '/ of v1');
  assert.equal(await textOf(first.hashed(requestOf('/assets/app-1.js'))), '/assets/app-1.js of v1');
  assert.equal(await textOf(first.file(requestOf('/icon-192.png'))), '/icon-192.png of v1');
});

test('APP-6: the page is the network’s when it comes in time, and the kept one otherwise', async () => {
  const { server, first, timers } = await installedFirst();
  server.set('/', 'newer');
  assert.equal(await textOf(first.page(requestOf('/'))), 'newer');
  const { promise, resolve } = Promise.withResolvers<Response>();
  server.set('/', promise);
  const answer = textOf(first.page(requestOf('/')));
  for (const run of timers) run();
  assert.equal(await answer, '/ of v1', 'slow');
  resolve(new Response('too late', html));
  const bad = [
    new Response('down', { status: 503, ...html }),
    new Response('{}', { headers: { 'content-type': 'application/json' } }),
    Object.defineProperty(new Response('pay first', html), 'redirected', { value: true }),
  ];
  for (const response of bad) {
    server.set('/', Promise.resolve(response));
    assert.equal(await textOf(first.page(requestOf('/'))), '/ of v1');
  }
});

test('APP-7: a version is whole before it is one: a missing file fails, and the next try brings the rest', async () => {
  const { caches, server, asked, shellOf, first } = await installedFirst();
  serve(server, 'v2', SECOND);
  server.set('/icon-192.png', '404');
  const second = shellOf('v2', SECOND);
  await assert.rejects(second.install());
  server.set('/icon-192.png', 'icon');
  await shellOf('v2', SECOND).install();
  assert.deepEqual(await caches.keys(), ['shell-v1', 'shell-v2']);
  assert.equal(asked.filter((path) => path === '/assets/app-2.js').length, 1);
  assert.equal(asked.filter((path) => path === '/assets/kept-1.js').length, 1, 'taken over');
  assert.equal(await textOf(first.file(requestOf('/icon-192.png'))), '/icon-192.png of v1');
});

test('APP-7: a tab of the old version stays whole after the new one took over, until it closes', async () => {
  const { caches, server, shellOf } = await installedFirst();
  serve(server, 'v2', SECOND);
  const second = shellOf('v2', SECOND);
  await second.install();
  server.clear();
  const lazyOfOldTab = () => textOf(second.hashed(requestOf('/assets/app-1.js')));
  await second.sweep(['v1', 'v2']);
  assert.equal(await lazyOfOldTab(), '/assets/app-1.js of v1');
  await second.sweep(['v2', undefined]);
  assert.equal(await lazyOfOldTab(), '/assets/app-1.js of v1', 'a tab that did not answer');
  await caches.open('pictures');
  await second.sweep(['v2']);
  assert.deepEqual(await caches.keys(), ['shell-v2', 'pictures'], 'only old versions leave');
  await assert.rejects(lazyOfOldTab());
  assert.equal(await textOf(second.page(requestOf('/'))), '/ of v2');
});
