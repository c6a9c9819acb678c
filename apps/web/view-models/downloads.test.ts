import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Downloads } from './downloads.ts';
import type { DownloadState } from './log-download.ts';

const megabyte = 1_048_576;

interface Sent {
  readonly range: string | null;
  readonly signal: AbortSignal;
  readonly send: (bytes: number) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** A window's downloads, from a server that sends what it is told to. */
function setUp() {
  const sent = new Map<string, Sent>();
  const saved: string[] = [];
  const fetcher = async (url: unknown, { headers, signal }: RequestInit = {}) => {
    const range = new Headers(headers).get('range');
    let out: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        out = controller;
      },
    });
    assert.ok(signal);
    signal.addEventListener('abort', () => out?.error(new Error('aborted')));
    sent.set(String(url), {
      range,
      signal,
      send: async (bytes) => {
        out?.enqueue(new Uint8Array(bytes));
        await settle();
      },
      end: async () => {
        out?.close();
        await settle();
      },
    });
    return new Response(body, { status: range ? 206 : 200 });
  };
  let now = 0;
  const downloads = new Downloads({
    fetch: fetcher as typeof fetch,
    now: () => {
      now += 1_000;
      return now;
    },
    save: (file, name) => saved.push(`${name} ${file.size}`),
  });
  const start = async (url: string, size = 10) => {
    downloads.start({ url, name: `name of ${url}`, mediaType: '', size });
    await settle();
  };
  const from = (url: string): Sent => sent.get(url) ?? assert.fail(`nobody asked for ${url}`);
  return { downloads, start, from, sent, saved };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 2));

test('a download goes on while no row shows it, and is saved once', async () => {
  const { downloads, start, from, saved } = setUp();
  const seen: DownloadState[] = [];
  const leave = downloads.subscribe('/a', () => seen.push(downloads.state('/a')));
  await start('/a');
  await from('/a').send(4);
  leave();
  await from('/a').send(6);
  assert.deepEqual(downloads.state('/a'), { at: 'running', received: 10 });
  await from('/a').end();
  assert.deepEqual(downloads.state('/a'), { at: 'done' });
  assert.deepEqual(saved, ['name of /a 10']);
  assert.deepEqual(seen.at(-1), { at: 'running', received: 4 });
});

test('every row of the same file shows the same, and any of them stops it', async () => {
  const { downloads, start, from } = setUp();
  const told = { one: 0, other: 0 };
  downloads.subscribe('/a', () => told.one++);
  downloads.subscribe('/a', () => told.other++);
  downloads.subscribe('/b', () => assert.fail('another file'));
  await start('/a');
  await start('/a');
  await from('/a').send(4);
  downloads.stop('/a');
  assert.deepEqual(downloads.state('/a'), { at: 'stopped', kept: 4 });
  assert.equal(from('/a').signal.aborted, true);
  assert.ok(told.one === told.other && told.one >= 3);
  await start('/a');
  assert.equal(from('/a').range, 'bytes=4-');
});

test('three at once; the next begins when one ends or is stopped, and one that waits can be stopped', async () => {
  const { downloads, start, from, sent } = setUp();
  for (const url of ['/a', '/b', '/c', '/d', '/e', '/f']) await start(url);
  assert.deepEqual([...sent.keys()], ['/a', '/b', '/c']);
  assert.deepEqual(downloads.state('/d'), { at: 'running', received: 0 });
  downloads.stop('/d');
  assert.deepEqual(downloads.state('/d'), { at: 'stopped', kept: 0 });
  await from('/b').end();
  downloads.stop('/a');
  await settle();
  assert.deepEqual([...sent.keys()], ['/a', '/b', '/c', '/e', '/f']);
});

test('what stopped downloads keep is bounded: the oldest begins anew, the last one stays', async () => {
  const { downloads, start, from } = setUp();
  for (const [url, megabytes] of [
    ['/a', 100],
    ['/b', 100],
    ['/c', 300],
  ] as const) {
    await start(url, 400 * megabyte);
    await from(url).send(megabytes * megabyte);
    downloads.stop(url);
    await settle();
    if (url === '/b') assert.equal(downloads.state('/a').at, 'stopped');
  }
  assert.deepEqual(downloads.state('/a'), { at: 'idle' });
  assert.deepEqual(downloads.state('/b'), { at: 'idle' });
  assert.deepEqual(downloads.state('/c'), { at: 'stopped', kept: 300 * megabyte });
  await start('/a', 400 * megabyte);
  assert.equal(from('/a').range, null);
});

test('of five hundred downloads that are known the oldest that runs no more is forgotten', async () => {
  const { downloads, start, from } = setUp();
  await start('/runs');
  for (let i = 0; i < 500; i++) {
    downloads.start({ url: `/${i}`, name: '', mediaType: '', size: 1 });
    downloads.stop(`/${i}`);
  }
  await settle();
  assert.equal(downloads.state('/0').at, 'idle');
  assert.equal(downloads.state('/1').at, 'stopped');
  await from('/runs').end();
  assert.equal(downloads.state('/runs').at, 'done');
});

test('who signs out leaves nothing: what runs is ended, what waits never begins', async () => {
  const { downloads, start, from, saved, sent } = setUp();
  let told = 0;
  downloads.subscribe('/a', () => told++);
  for (const url of ['/a', '/b', '/c', '/waits']) await start(url);
  await from('/a').send(4);
  const before = told;
  downloads.clear();
  await settle();
  for (const url of ['/a', '/b', '/c', '/waits']) {
    assert.deepEqual(downloads.state(url), { at: 'idle' }, url);
  }
  assert.equal(told, before + 1);
  assert.equal(from('/a').signal.aborted, true);
  assert.deepEqual([saved, sent.has('/waits')], [[], false]);
  await start('/waits');
  assert.equal(from('/waits').range, null);
});
