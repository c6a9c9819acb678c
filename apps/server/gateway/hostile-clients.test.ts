import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { HttpRoute } from './http-server.ts';
import { targetOf } from './request-target.ts';
import { eventually, holder, httpWorld } from './tests/http-world.ts';

const ID = '0'.repeat(32);
const READ = '/heliogram.v1.LogService/Read';
const JSON_TYPE = { 'content-type': 'application/json' };

/** What was charged, as class and key. */
async function chargedWorld(t: TestContext) {
  const charged: string[] = [];
  const take = (rate: number, key: string) => void charged.push(`${rate} ${key}`);
  return { ...(await httpWorld(t, { rates: { take } })), charged };
}

test('GTW-27: compressed bodies are refused without being read, in every coding', async (t) => {
  const { url, seen } = await httpWorld(t);
  const body = gzipSync(`{"conversationId":"${ID}"}`);
  for (const coding of ['gzip', 'br', 'deflate', 'zstd', 'gzip, identity']) {
    const headers = { ...JSON_TYPE, 'content-encoding': coding };
    const response = await fetch(`${url}${READ}`, { method: 'POST', headers, body });
    assert.equal(response.headers.get('heliogram-error'), 'unsupported', coding);
  }
  const headers = { ...JSON_TYPE, 'content-encoding': 'identity' };
  const plain = await fetch(`${url}${READ}`, {
    method: 'POST',
    headers,
    body: `{"conversationId":"${ID}"}`,
  });
  assert.equal(plain.status, 200);
  assert.equal(seen.length, 1);
});

test('GTW-27: a body is measured by its method before it is parsed, unknown fields included', async (t) => {
  const { url, seen } = await httpWorld(t);
  const filler = (bytes: number) =>
    JSON.stringify({ conversationId: ID, nobodyKnows: 'x'.repeat(bytes) });
  // Read takes 1,024 bytes: three times that as JSON, and 1,024 for the names.
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${READ}`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });
  const room = 4_096 - filler(0).length;
  assert.equal((await post(filler(room))).status, 200);
  for (const body of [filler(room + 1), filler(1_000_000)]) {
    const response = await post(body);
    const code = response.headers.get('heliogram-error');
    assert.deepEqual([response.status, code], [413, 'too_large']);
  }
  const chunked = await fetch(`${url}${READ}`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: new Blob([filler(room + 1)]).stream(),
    duplex: 'half',
  } as RequestInit);
  assert.deepEqual(
    [chunked.status, chunked.headers.get('heliogram-error')],
    [413, 'too_large'],
    'without a length in the header, too',
  );
  assert.equal(seen.length, 1);
});

test('GTW-26: refusals over HTTP are charged to the address as answers are', async (t) => {
  const { url, call, charged } = await chargedWorld(t);
  const READ_CLASS = 1;
  const post = (path: string, body: string, headers = {}) =>
    fetch(`${url}${path}`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });
  const ways: (() => Promise<Response>)[] = [
    () => post(READ, '{'),
    () => post(READ, JSON.stringify({ conversationId: 'nothing' })),
    () => post(READ, `{"x":"${'x'.repeat(9_000)}"}`),
    () => post(READ, '{}', { 'content-encoding': 'gzip' }),
    () => post(READ, '{}', { authorization: `Bearer ${'0'.repeat(64)}` }),
    () => post('/heliogram.v1.AccountsService/GetMe', '{}'),
  ];
  for (const [index, way] of ways.entries()) {
    const response = await way();
    assert.ok(response.status >= 400, `${index}: ${response.status}`);
    assert.deepEqual(charged.splice(0), [`${READ_CLASS} 127.0.0.1`], `${index}`);
  }
  assert.equal((await call('LogService/Read', { conversationId: ID })).status, 200);
  assert.deepEqual(charged, [`${READ_CLASS} 127.0.0.1`], 'an answer costs the same');
});

/** Answers after the body, as the calls do, or at once, as pages do. */
const atOnce = (prefix: string): HttpRoute => ({
  prefix,
  handle: (_request, response) => void response.end('here'),
});
const never = (prefix: string): HttpRoute => ({ prefix, handle: () => undefined });

test('GTW-30: a body a byte at a time ends its connection, wherever it is sent', async (t) => {
  const routes = [atOnce('/healthz'), atOnce('/media'), never('/uploads'), atOnce('/')];
  const { raw } = await httpWorld(t, { routes });
  for (const path of ['/', '/media', '/healthz', '/uploads', '/uploads/x', '/nothing', READ]) {
    for (const method of ['GET', 'POST', 'PATCH']) {
      const { socket, ended } = raw();
      socket.write(`${method} ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n`);
      const drip = setInterval(() => socket.write('x'), 20);
      await ended;
      clearInterval(drip);
    }
  }
});

test('GTW-30: an upload that goes on, however slowly, is not ended', async (t) => {
  let arrived = 0;
  const route: HttpRoute = {
    prefix: '/uploads',
    handle: (request, response) => {
      request.on('data', (chunk: Buffer) => {
        arrived += chunk.byteLength;
      });
      request.on('end', () => response.end('done'));
    },
  };
  const { raw } = await httpWorld(t, { routes: [route] });
  const { socket, received } = raw();
  const parts = 12;
  const part = Buffer.alloc(40_000);
  socket.write(
    `PATCH /uploads/x HTTP/1.1\r\nhost: x\r\ncontent-length: ${parts * part.byteLength}\r\n\r\n`,
  );
  // The test's clock runs a hundred times as fast: a look comes every 300 ms.
  for (let sent = 1; sent <= parts; sent += 1) {
    socket.write(part);
    await eventually(() => arrived === sent * part.byteLength);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await eventually(() => received().includes('done'));
  socket.destroy();
});

test('GTW-31: an address holds so many connections, of any kind, and gets them back', async (t) => {
  const { port, raw } = await httpWorld(t, { perAddress: 3, routes: [atOnce('/')] });
  const open = [raw(), raw(), raw()];
  for (const { socket, received } of open) {
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await eventually(() => received().includes('here'));
  }
  const fourth = raw();
  assert.equal((await fourth.ended).byteLength, 0, 'it is not served');
  const [first] = open;
  first?.socket.destroy();
  await first?.ended;
  const answer = async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    return new Promise<boolean>((resolve) => {
      socket.once('data', () => resolve(true));
      socket.once('close', () => resolve(false));
      socket.once('error', () => resolve(false));
      t.after(() => socket.destroy());
    });
  };
  let served = false;
  for (let turn = 0; turn < 100 && !served; turn += 1) served = await answer();
  assert.ok(served);
  for (const { socket } of open) socket.destroy();
});

test('GTW-31: what a trusted proxy holds is not counted', async (t) => {
  const routes = [atOnce('/')];
  const { raw } = await httpWorld(t, { perAddress: 1, trustedProxies: ['127.0.0.1'], routes });
  for (const { socket, received } of [raw(), raw(), raw()]) {
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await eventually(() => received().includes('here'));
    socket.destroy();
  }
});

const PAGE = Buffer.alloc(4_000_000, 'a');

test('GTW-28: one that asks again and again without reading holds one answer', async (t) => {
  let made = 0;
  const route: HttpRoute = {
    prefix: '/',
    handle: (_request, response) => {
      made += 1;
      response.end(PAGE);
    },
  };
  const { raw, held } = await httpWorld(t, { routes: [route] });
  const { socket } = raw();
  socket.pause();
  for (let asked = 0; asked < 10; asked += 1) socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await eventually(() => held.total > 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(made, 1);
  assert.ok(held.total <= PAGE.byteLength + 1_000, `${held.total}`);
  socket.resume();
  await eventually(() => made === 10);
  await eventually(() => held.total === 0);
  socket.destroy();
});

test('GTW-28: one that asks without end is cut off', async (t) => {
  const { raw } = await httpWorld(t, { routes: [never('/')] });
  const { socket, ended } = raw();
  for (let asked = 0; asked < 40; asked += 1) socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await ended;
});

test('GTW-29: what clients do not read stays within the bound of the process and comes back', async (t) => {
  const route: HttpRoute = {
    prefix: '/',
    handle: (_request, response) => void response.end(PAGE),
  };
  const heldBytes = 5 * PAGE.byteLength;
  const { raw, held, url } = await httpWorld(t, { routes: [route], heldBytes });
  const sockets = Array.from({ length: 30 }, () => raw());
  let most = 0;
  for (const { socket } of sockets) {
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 5));
    most = Math.max(most, held.total);
  }
  await eventually(() => held.total > PAGE.byteLength);
  assert.ok(most <= heldBytes, `${most}`);
  const whole = await (await fetch(url)).arrayBuffer();
  assert.equal(whole.byteLength, PAGE.byteLength, 'a client that reads is served all the same');
  for (const { socket } of sockets) socket.destroy();
  await eventually(() => held.total === 0);
});

test('GTW-32: a target has one reading', () => {
  const table: [string, string, string][] = [
    ['/uploads/mine?x=/victim', '/uploads/mine', 'x=/victim'],
    ['/uploads/mine#/victim', '/uploads/mine', ''],
    ['/uploads/mine?x#/victim', '/uploads/mine', 'x'],
    ['/a/../b', '/a/../b', ''],
    ['//evil.example/media/x', '//evil.example/media/x', ''],
    ['http://chat.example/media/x?y=1', '/media/x', 'y=1'],
    ['HTTPS://chat.example:8443', '/', ''],
    ['http://chat.example?x', '/', 'x'],
    ['*', '*', ''],
    ['', '/', ''],
    ['?x', '/', 'x'],
  ];
  for (const [url, path, query] of table) assert.deepEqual(targetOf({ url }), { path, query }, url);
});

test('GTW-32: unknown upgrades are ignored, the absolute form is answered', async (t) => {
  const { raw } = await httpWorld(t, { routes: [atOnce('/')] });
  const requests = [
    'GET / HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n',
    'GET /page HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: TLS/1.0\r\n\r\n',
    'GET /page HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    'GET http://x/page HTTP/1.1\r\nhost: x\r\n\r\n',
  ];
  for (const request of requests) {
    const { socket, received } = raw();
    socket.write(request);
    await eventually(() => received().includes('here'));
    assert.match(received().toString(), /^HTTP\/1\.1 200 OK/, request);
    socket.destroy();
  }
});

test('GTW-33: a WebSocket is opened by pages of this server and of known origins only', async (t) => {
  const { raw } = await httpWorld(t);
  const handshake = (origin: string | undefined) =>
    `GET /connect HTTP/1.1\r\nhost: home.example:8080\r\n${
      origin === undefined ? '' : `origin: ${origin}\r\n`
    }connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n`;
  const table: [string | undefined, string][] = [
    [undefined, '101'],
    ['https://chat.example', '101'],
    ['http://home.example:8080', '101'],
    ['https://home.example:8080', '101'],
    ['http://home.example', '403'],
    ['https://evil.example', '403'],
    ['https://chat.example.evil.example', '403'],
    ['null', '403'],
    ['', '403'],
    ['file://', '403'],
  ];
  for (const [origin, status] of table) {
    const { socket, received } = raw();
    socket.write(handshake(origin));
    await eventually(() => received().byteLength > 0);
    assert.equal(received().toString('latin1').slice(9, 12), status, origin);
    socket.destroy();
  }
});

test('GTW-26: a bad token is charged even where a device is needed', async (t) => {
  const { call, charged, sessions } = await chargedWorld(t);
  const { token } = sessions.issueToken(holder);
  await call('AccountsService/GetMe', {}, { authorization: `bearer ${token}` });
  assert.deepEqual(charged.splice(0), [`1 ${holder.accountId}`]);
  await call('AccountsService/GetMe', {}, { authorization: 'Bearer wrong' });
  assert.deepEqual(charged, ['1 127.0.0.1']);
});
