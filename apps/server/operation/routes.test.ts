import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import type { HttpRoute } from '../gateway/http-server.ts';
import { ManualRuntime } from '../gateway/tests/gateway-world.ts';
import type { Storage } from '../storage/port.ts';
import { healthRoute } from './health-route.ts';
import { metricsRoute } from './metrics-route.ts';

/** Status and body that a route answers, without a network. */
async function ask(
  route: HttpRoute,
  {
    headers = {},
    address = '127.0.0.1',
  }: { headers?: Record<string, string>; address?: string } = {},
): Promise<{ status: number; body: string }> {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method: 'GET', headers: { host: 'localhost:8080', ...headers } });
  const response = new ServerResponse(request);
  let body = '';
  response.end = (chunk?: unknown) => {
    body = String(chunk ?? '');
    return response;
  };
  const callerOf = () => ({ kind: 'anonymous', address }) as const;
  await route.handle(request, response, { address, callerOf });
  return { status: response.statusCode, body };
}

/** A storage whose look-up is what the test says. */
function storageThat(execute: () => Promise<unknown>): { storage: Storage; asked: () => number } {
  let asked = 0;
  const query = {
    select: () => query,
    limit: () => query,
    execute: () => {
      asked += 1;
      return execute();
    },
  };
  const storage = { db: { selectFrom: () => query } } as unknown as Storage;
  return { storage, asked: () => asked };
}

test('OPS-6: 503 while draining and when the storage fails or does not answer', async () => {
  const runtime = new ManualRuntime();
  let draining = false;
  let free = 1e9;
  const health = (execute: () => Promise<unknown>) => {
    const { storage } = storageThat(execute);
    return healthRoute({ storage, runtime, draining: () => draining, freeBytes: async () => free });
  };
  const failing = health(() => Promise.reject(new Error('gone')));
  assert.deepEqual(await ask(failing), { status: 503, body: '{"status":"storage"}\n' });
  const hanging = ask(health(() => new Promise(() => undefined)));
  await runtime.advance(2_000);
  assert.equal((await hanging).status, 503);
  draining = true;
  const fine = health(async () => []);
  assert.deepEqual(await ask(fine), { status: 503, body: '{"status":"draining"}\n' });
  draining = false;
  assert.equal((await ask(fine)).status, 200);
  free = 1_000_000;
  runtime.timeMs += 1_000;
  assert.deepEqual(await ask(fine), { status: 503, body: '{"status":"storage_full"}\n' });
});

test('OPS-6: asking often asks the storage once a second, and recovery shows', async () => {
  const runtime = new ManualRuntime();
  let works = true;
  const { storage, asked } = storageThat(async () => {
    if (!works) throw new Error('gone');
  });
  const route = healthRoute({
    storage,
    runtime,
    draining: () => false,
    freeBytes: async () => 1e9,
  });
  for (let count = 0; count < 50; count += 1) assert.equal((await ask(route)).status, 200);
  assert.equal(asked(), 1);
  works = false;
  runtime.timeMs += 1_000;
  assert.equal((await ask(route)).status, 503);
  works = true;
  runtime.timeMs += 1_000;
  assert.equal((await ask(route)).status, 200);
});

test('OPS-21: a clock that jumped forward shows, and the server stays healthy', async () => {
  let unsettled = true;
  const route = healthRoute({
    storage: storageThat(async () => []).storage,
    runtime: new ManualRuntime(),
    draining: () => false,
    freeBytes: async () => 1e9,
    clockIsUnsettled: () => unsettled,
  });
  const jumped = { status: 200, body: '{"status":"ok","clock":"jumped"}\n' };
  assert.deepEqual(await ask(route), jumped);
  unsettled = false;
  assert.deepEqual(await ask(route), { status: 200, body: '{"status":"ok"}\n' });
});

test('OPS-5: metrics are for whom the setting says, by address and by how they dialled', async () => {
  const page = async () => ({ text: 'numbers 1', contentType: 'text/plain' });
  const status = async (exposure: 'off' | 'local' | 'open', asking: Parameters<typeof ask>[1]) =>
    (await ask(metricsRoute({ exposure, page }), asking)).status;
  const stranger = { address: '203.0.113.9' };
  assert.deepEqual([await status('off', {}), await status('off', stranger)], [404, 404]);
  assert.deepEqual([await status('local', {}), await status('local', stranger)], [200, 404]);
  assert.deepEqual([await status('open', {}), await status('open', stranger)], [200, 200]);
  const local = (headers: Record<string, string>, address = '127.0.0.1') =>
    status('local', { headers, address });
  for (const host of ['127.0.0.1:8080', '[::1]:8080', 'localhost', '127.9.9.9']) {
    assert.equal(await local({ host }), 200, host);
  }
  assert.equal(await local({}, '::1'), 200);
  const denied = [
    { host: 'rebound.example' },
    { host: '' },
    { host: 'localhost.evil.example' },
    { 'x-forwarded-for': '127.0.0.1' },
    { forwarded: 'for=127.0.0.1' },
  ];
  for (const headers of denied) assert.equal(await local(headers), 404, JSON.stringify(headers));
});
