import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pictures } from './pictures.ts';
import { FakeCaches, requestOf } from './tests/fake-caches.ts';

const START = Date.UTC(2026, 10, 26);
const DAY = 86_400_000;

function world() {
  const caches = new FakeCaches();
  const state = { now: START, status: 200, online: true, asked: 0 };
  const work: Promise<unknown>[] = [];
  const pictures = new Pictures({
    caches,
    now: () => state.now,
    fetch: async () => {
      state.asked += 1;
      if (!state.online) throw new TypeError('no network');
      const date = new Date(state.now).toUTCString();
      return new Response('picture', { status: state.status, headers: { date } });
    },
  });
  const ask = async (path: string): Promise<number> => {
    const { status } = await pictures.picture(requestOf(path), (one) => void work.push(one));
    await Promise.all(work.splice(0));
    return status;
  };
  const kept = async () => (await (await caches.open('pictures')).keys()).length;
  return { state, pictures, ask, kept };
}

test('APP-8: a picture seen once opens without a network, and is asked for once a day', async () => {
  const { state, ask } = world();
  assert.equal(await ask('/a'), 200);
  await ask('/a');
  assert.equal(state.asked, 1);
  state.online = false;
  assert.equal(await ask('/a'), 200);
  await assert.rejects(ask('/b'));
  state.now += DAY;
  assert.equal(await ask('/a'), 200, 'old is better than nothing');
  state.online = true;
  await ask('/a');
  assert.equal(state.asked, 4);
});

test('APP-8: a picture that the server gives nobody any more goes', async () => {
  const { state, ask, kept } = world();
  await ask('/a');
  state.now += DAY;
  state.status = 404;
  assert.equal(await ask('/a'), 404);
  assert.equal(await kept(), 0);
  assert.equal(await ask('/b'), 404);
  assert.equal(await kept(), 0, 'a refusal is not kept');
});

test('APP-8: so many and no more are kept, those that were used last; a sign-out leaves none', async () => {
  const { state, pictures, ask, kept } = world();
  for (let count = 0; count < 400; count += 1) await ask(`/${count}`);
  await ask('/0');
  for (let count = 400; count < 410; count += 1) await ask(`/${count}`);
  assert.equal(await kept(), 400);
  state.asked = 0;
  await ask('/0');
  assert.equal(state.asked, 0, 'used last');
  await ask('/5');
  assert.equal(state.asked, 1, 'used longest ago');
  await pictures.forget();
  assert.equal(await kept(), 0);
});
