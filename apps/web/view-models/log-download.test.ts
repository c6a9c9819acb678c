import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Download, type DownloadState } from './log-download.ts';

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

for (const honoursRange of [true, false]) {
  test(`a download that was stopped ends whole, range honoured: ${honoursRange}`, async () => {
    const states: DownloadState[] = [];
    let stop = true;
    const { asked, fetcher } = server(() => {
      if (stop) download.stop();
      stop = false;
    }, honoursRange);
    const source = { url: '/x', mediaType: 'text/plain' };
    const download = new Download(source, (state) => states.push(state), fetcher);
    await download.start();
    assert.deepEqual(states.at(-1), { at: 'stopped', kept: 4 });
    await download.start();
    const last = states.at(-1);
    assert.equal(last?.at === 'done' && (await last.blob.text()), '0123456789');
    assert.deepEqual(asked, [null, 'bytes=4-']);
  });
}

test('an answer that is no file fails', async () => {
  const states: DownloadState[] = [];
  const refusing = (async () => new Response('', { status: 404 })) as typeof fetch;
  await new Download({ url: '/x', mediaType: '' }, (state) => states.push(state), refusing).start();
  assert.deepEqual(states.at(-1), { at: 'failed', kept: 0 });
});
