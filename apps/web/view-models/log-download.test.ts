import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Download, type DownloadParts, type DownloadState } from './log-download.ts';

const whole = new TextEncoder().encode('0123456789');

/** Gives the bytes in two chunks; before the second one it asks `between`. */
function server(between: () => void, honoursRange: boolean) {
  const asked: (string | null)[] = [];
  const fetcher = async (_: unknown, init?: RequestInit) => {
    const range = new Headers(init?.headers).get('range');
    asked.push(range);
    const from = honoursRange ? Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0) : 0;
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(whole.slice(from, from + 4));
        await new Promise((resolve) => setTimeout(resolve, 5));
        between();
        if (init?.signal?.aborted) return controller.error(new Error('aborted'));
        controller.enqueue(whole.slice(from + 4));
        controller.close();
      },
    });
    return new Response(body, { status: from > 0 ? 206 : 200 });
  };
  return { asked, fetcher: fetcher as typeof fetch };
}

function downloading(fetcher: typeof fetch, more: Partial<DownloadParts> = {}) {
  const states: DownloadState[] = [];
  const saved: Promise<string>[] = [];
  const download = new Download({
    source: { url: '/x', mediaType: 'text/plain', size: whole.length },
    changed: (state) => states.push(state),
    save: (file) => saved.push(file.text()),
    fetch: fetcher,
    now: () => states.length * 1_000,
    ...more,
  });
  return { download, states, saved };
}

for (const honoursRange of [true, false]) {
  test(`a download that was stopped ends whole, range honoured: ${honoursRange}`, async () => {
    let stop = true;
    const { asked, fetcher } = server(() => {
      if (stop) download.stop();
      stop = false;
    }, honoursRange);
    const { download, states, saved } = downloading(fetcher);
    await download.start();
    assert.deepEqual(states.at(-1), { at: 'stopped', kept: 4 });
    await download.start();
    assert.deepEqual(states.at(-1), { at: 'done' });
    assert.deepEqual(await Promise.all(saved), ['0123456789']);
    assert.deepEqual(asked, [null, 'bytes=4-']);
  });
}

test('an answer that is no file fails', async () => {
  const refusing = (async () => new Response('', { status: 404 })) as typeof fetch;
  const { download, states } = downloading(refusing);
  await download.start();
  assert.deepEqual(states.at(-1), { at: 'failed', kept: 0 });
});

test('stopped between its last byte and its end, it asks for nothing more', async () => {
  const { asked, fetcher } = endless();
  const { download, states, saved } = downloading(fetcher);
  void download.start();
  await until(() => download.received === whole.length);
  download.stop();
  assert.deepEqual(states.at(-1), { at: 'stopped', kept: whole.length });
  await download.start();
  assert.deepEqual(states.at(-1), { at: 'done' });
  assert.deepEqual(await Promise.all(saved), ['0123456789']);
  assert.deepEqual(asked, [null]);
});

test('what a stopped attempt still brings is not taken twice', async () => {
  const late = Promise.withResolvers<ReadableStreamReadResult<Uint8Array>>();
  // Answers a chunk after it was aborted, as a body may that had one at hand.
  const deaf = {
    async *[Symbol.asyncIterator]() {
      yield whole.slice(0, 4);
      await late.promise;
      yield whole.slice(4);
    },
  };
  const bodies = [deaf, new Response(whole.slice(4)).body];
  const fetcher = async (_: unknown, init?: RequestInit) => {
    const isFirst = !new Headers(init?.headers).has('range');
    return { ok: true, status: isFirst ? 200 : 206, body: bodies.shift() };
  };
  const { download, states, saved } = downloading(fetcher as unknown as typeof fetch);
  const first = download.start();
  await until(() => download.received === 4);
  download.stop();
  const second = download.start();
  late.resolve({ done: true, value: undefined });
  await Promise.all([first, second]);
  assert.deepEqual(states.at(-1), { at: 'done' });
  assert.deepEqual(await Promise.all(saved), ['0123456789']);
});

test('a second start while it runs fetches nothing, and how far it is is told now and then', async () => {
  const { asked, fetcher } = server(() => undefined, true);
  const { download, states } = downloading(fetcher, { now: () => 5 });
  await Promise.all([download.start(), download.start()]);
  assert.deepEqual(asked, [null]);
  assert.deepEqual(states, [{ at: 'running', received: 0 }, { at: 'done' }]);
});

/** All bytes, and no end of them. */
function endless() {
  const asked: (string | null)[] = [];
  const fetcher = async (_: unknown, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('range'));
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(whole);
        init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
      },
    });
    return new Response(body);
  };
  return { asked, fetcher: fetcher as typeof fetch };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
