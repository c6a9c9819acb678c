import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '@heliogram/protocol';
import { createInProcessBus } from '../bus/in-process.ts';
import { knownOrigins } from './origins.ts';
import { SessionRegistry } from './session-registry.ts';
import { ManualRuntime } from './tests/gateway-world.ts';
import { eventually, holder, httpWorld } from './tests/http-world.ts';
import { TrustedProxies } from './trusted-proxies.ts';

const ID = '0'.repeat(32);
const READ = 'LogService/Read';

test('GTW-19: calls are plain JSON over HTTP, by the contract’s own names', async (t) => {
  const { call, seen } = await httpWorld(t, { run: () => ({ headSeq: 7, more: true }) });
  const response = await call(READ, { conversationId: ID, afterSeq: 3, limit: 10 });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  assert.deepEqual(await response.json(), { headSeq: 7, more: true });
  const [call0] = seen;
  assert.equal(call0?.method, 'heliogram.v1.LogService/Read');
  assert.equal(call0?.context.caller.kind, 'anonymous');
});

test('GTW-19, GTW-1: failures carry the stable code in a header and as a detail', async (t) => {
  const { call } = await httpWorld(t);
  const table: [string, object, number, string][] = [
    [
      'LogService/Append',
      { conversationId: ID, entries: [{ appendId: 'AAAA' }] },
      401,
      'unauthenticated',
    ],
    [READ, { conversationId: 'nothing' }, 400, 'invalid_argument'],
    ['LogService/Subscribe', { subscriptions: [{ conversationId: ID }] }, 501, 'unsupported'],
    ['AdminService/ListActions', {}, 501, 'unsupported'],
  ];
  for (const [method, request, status, code] of table) {
    const response = await call(method, request);
    assert.deepEqual(
      [response.status, response.headers.get('heliogram-error')],
      [status, code],
      method,
    );
    const body: unknown = await response.json();
    assert.ok(typeof body === 'object' && body !== null && 'details' in body && 'message' in body);
  }
});

test('GTW-19, GTW-7: a rate limit says in seconds when to come back', async (t) => {
  const { call } = await httpWorld(t, { trustedProxies: ['127.0.0.1'] });
  const probe = () =>
    call('ChannelsService/PreviewInvite', { inviteToken: 'x' }, { 'x-forwarded-for': '192.0.2.1' });
  let response = await probe();
  for (let tries = 0; tries < 100 && response.status === 200; tries += 1) response = await probe();
  assert.equal(response.headers.get('heliogram-error'), 'rate_limited');
  assert.match(response.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
});

test('GTW-2: oversized, malformed and deeply nested bodies reach no handler', async (t) => {
  const { url, seen, errors } = await httpWorld(t);
  const post = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
    fetch(`${url}/heliogram.v1.LogService/Read`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
  const bodies: [string | Uint8Array<ArrayBuffer>, string?][] = [
    ['{'],
    ['[]'],
    ['null'],
    ['{"conversationId":'],
    ['['.repeat(100_000)],
    [`{"conversationId":"${'x'.repeat(2_000_000)}"}`],
    [`{"conversationId":"${ID}","limit":-1}`],
    [`{"conversationId":"${ID}","limit":1e99}`],
    [`{"conversationId":7}`],
    [new Uint8Array([0xff, 0xff, 0xff]), 'application/proto'],
    [new Uint8Array(2_000_000), 'application/proto'],
    ['{}', 'text/plain'],
  ];
  for (const [body, type] of bodies) {
    const response = await post(body, type);
    const what = `${String(body).slice(0, 30)}: ${response.status}`;
    assert.ok(response.status >= 400 && response.status < 500, what);
    if (type === 'text/plain') continue;
    if (body.length > 50_000) assert.equal(response.status, 413, what);
    const code = response.headers.get('heliogram-error') ?? '';
    assert.match(
      code,
      body.length > 50_000 ? /^too_large$/ : /^(malformed|invalid_argument)$/,
      what,
    );
  }
  assert.deepEqual(seen, []);
  assert.deepEqual(errors, [], 'what strangers send is no defect of ours');
});

test('GTW-20: a token speaks for its device until it ends, a bad one never for nobody', async (t) => {
  const { call, sessions, seen } = await httpWorld(t);
  const { token } = sessions.issueToken(holder);
  assert.match(token, /^[0-9a-f]{64}$/);
  const me = (authorization: string) => call('AccountsService/GetMe', {}, { authorization });
  for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
    assert.equal((await me(`${scheme} ${token}`)).status, 200, scheme);
  }
  assert.deepEqual(seen.at(-1)?.context.caller, {
    kind: 'device',
    address: '127.0.0.1',
    ...holder,
  });
  for (const wrong of [`Bearer ${'0'.repeat(64)}`, token, `Basic ${token}`, 'Bearer ', '']) {
    const response = await call(READ, { conversationId: ID }, { authorization: wrong });
    if (wrong === '') assert.equal(response.status, 401, 'an empty header is a wrong one');
    assert.equal(response.headers.get('heliogram-error'), 'unauthenticated', wrong);
  }
  sessions.endDevice(holder.accountId, holder.deviceId, { code: 'device_revoked', message: '' });
  assert.equal((await me(`Bearer ${token}`)).status, 401);
});

test('GTW-20: a token lasts fifteen minutes and its text is nowhere in the server', () => {
  const runtime = new ManualRuntime();
  const sessions = new SessionRegistry({ bus: createInProcessBus(), runtime });
  const { token, expiresAt } = sessions.issueToken(holder);
  assert.equal(expiresAt - runtime.now(), limits.sessionTokenLifetimeMs);
  runtime.timeMs = expiresAt - 1;
  assert.deepEqual(sessions.holderOf(token), holder);
  runtime.timeMs = expiresAt;
  assert.equal(sessions.holderOf(token), undefined);
  runtime.timeMs = 0;
  assert.equal(sessions.holderOf(token), undefined, 'not even when the clock goes back');
});

test('GTW-20: ending an account ends the tokens of all its devices and of nobody else', () => {
  const sessions = new SessionRegistry({ bus: createInProcessBus(), runtime: new ManualRuntime() });
  const other = { ...holder, accountId: 'ef'.repeat(32) as typeof holder.accountId };
  const mine = sessions.issueToken(holder).token;
  const theirs = sessions.issueToken(other).token;
  sessions.endAccount(holder.accountId, { code: 'suspended', message: '' });
  assert.equal(sessions.holderOf(mine), undefined);
  assert.deepEqual(sessions.holderOf(theirs), other);
});

test('GTW-21: X-Forwarded-For counts only as far as trusted proxies wrote it', () => {
  const proxies = new TrustedProxies(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32']);
  const table: [string, string | undefined, string][] = [
    ['198.51.100.9', '203.0.113.7', '198.51.100.9'],
    ['192.0.2.1', '203.0.113.7', '203.0.113.7'],
    ['::ffff:192.0.2.1', '203.0.113.7', '203.0.113.7'],
    ['192.0.2.1', '127.0.0.1, 203.0.113.7', '203.0.113.7'],
    ['192.0.2.1', '203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['192.0.2.1', '203.0.113.7,10.1.2.3 , 2001:db8::5', '203.0.113.7'],
    ['2001:db8::1', '2a00::1', '2a00::1'],
    ['192.0.2.1', undefined, '192.0.2.1'],
    ['192.0.2.1', '', '192.0.2.1'],
    ['192.0.2.1', 'somebody', '192.0.2.1'],
    ['192.0.2.1', '203.0.113.7, <script>', '192.0.2.1'],
    ['192.0.2.1', '10.9.9.9', '10.9.9.9'],
    ['192.0.2.2', '203.0.113.7', '192.0.2.2'],
    ['192.0.2.1', '203.0.113.5:50000', '203.0.113.5'],
    ['192.0.2.1', '[2a00:db8::7]:443', '2a00:db8::7'],
    ['192.0.2.1', '[2A00:0DB8:0::7]', '2a00:db8::7'],
    ['192.0.2.1', '"[2a00:db8::7]:443"', '2a00:db8::7'],
    ['192.0.2.1', 'fe80::1%eth0', 'fe80::1'],
    ['192.0.2.1', '::ffff:203.0.113.7', '203.0.113.7'],
    ['192.0.2.1', '::FFFF:cb00:7107', '203.0.113.7'],
    ['192.0.2.1', '198.51.100.1:1, 10.1.2.3:80', '198.51.100.1'],
    ['192.0.2.1', '203.0.113.7:', '192.0.2.1'],
    ['192.0.2.1', '203.0.113.7:http', '192.0.2.1'],
    ['192.0.2.1', '[203.0.113.7', '192.0.2.1'],
    ['192.0.2.1', '203.0.113.7, unknown', '192.0.2.1'],
    ['192.0.2.1', '203.0.113.7,', '192.0.2.1'],
    ['', '203.0.113.7', ''],
  ];
  for (const [dialling, forwarded, expected] of table) {
    assert.equal(proxies.clientOf(dialling, forwarded), expected, `${dialling} ${forwarded}`);
  }
  assert.equal(new TrustedProxies([]).clientOf('127.0.0.1', '203.0.113.7'), '127.0.0.1');
});

test('GTW-21: the address that handlers see follows that rule', async (t) => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };
  for (const [trustedProxies, expected] of [
    [[], '127.0.0.1'],
    [['127.0.0.0/8'], '203.0.113.7'],
  ] as const) {
    const { call, seen } = await httpWorld(t, { trustedProxies });
    await call(READ, { conversationId: ID }, forwarded);
    assert.equal(seen.at(-1)?.context.caller.address, expected);
  }
});

test('GTW-22: only configured and listening origins may have been dialled', () => {
  const local = knownOrigins({ configured: [], host: '127.0.0.1', port: 8_080 });
  const open = knownOrigins({
    configured: ['https://chat.example'],
    host: '0.0.0.0',
    port: 8_080,
  });
  const table: [typeof local, string, boolean][] = [
    [local, 'http://localhost:8080', true],
    [local, 'http://127.0.0.1:8080', true],
    [local, 'http://[::1]:8080', true],
    [local, 'http://localhost:8081', false],
    [local, 'https://localhost:8080', false],
    [local, 'http://localhost.evil.example:8080', false],
    [local, 'https://chat.example', false],
    [open, 'https://chat.example', true],
    [open, 'https://chat.example:443/', true],
    [open, 'https://CHAT.example', true],
    [open, 'http://chat.example', false],
    [open, 'https://chat.example.evil.example', false],
    [open, 'https://user@chat.example.evil.example', false],
    [open, 'http://localhost:8080', true],
    [open, 'file:///', false],
    [open, 'null', false],
    [open, '', false],
  ];
  for (const [origins, origin, expected] of table) {
    assert.equal(origins.accepts(origin), expected, origin);
  }
  assert.equal(local.primary, 'http://127.0.0.1:8080');
  assert.equal(open.primary, 'https://chat.example');
});

test('GTW-23: hostile request lines and half requests end at most their own connection', async (t) => {
  const { call, raw, errors } = await httpWorld(t);
  const hostile = [
    'GET // HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET http:// HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET \\\\ HTTP/1.1\r\nhost: x\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
    'CONNECT a:1 HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET /%ff%00 HTTP/1.1\r\nhost: x\r\n\r\n',
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
    'GET / HTTP/9.9\r\n\r\n',
    'POST /heliogram.v1.LogService/Read HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    'POST /heliogram.v1.LogService/Read HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n',
    '\0\0\0\0',
    'GET // HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    'GET /connect HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    'GET /connect HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n',
    'POST /connect HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n',
    'GET /connect HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: short\r\nsec-websocket-version: 13\r\n\r\n',
    'GET /connect HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 99\r\n\r\n',
    'GET /elsewhere HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n',
  ];
  for (const bytes of hostile) {
    const { socket, received, ended } = raw();
    socket.write(bytes);
    await Promise.race([ended, eventually(() => received().byteLength > 0)]);
    const status = /^HTTP\/1\.1 (\d+)/.exec(received().toString('latin1'))?.[1] ?? 'closed';
    assert.notEqual(status, '101', bytes);
    assert.notEqual(status, '500', bytes);
    socket.destroy();
    const response = await call(READ, { conversationId: ID });
    assert.equal(response.status, 200, 'everybody else goes on');
  }
  assert.deepEqual(errors, []);
});

test('GTW-23: a body that never comes is cut off', async (t) => {
  const everythingElse = { prefix: '/', handle: () => undefined };
  const { raw, seen } = await httpWorld(t, { routes: [everythingElse] });
  const { socket, ended } = raw();
  socket.write(
    'POST /heliogram.v1.LogService/Read HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
  );
  const startedMs = performance.now();
  await ended;
  assert.ok(performance.now() - startedMs < 5_000);
  assert.deepEqual(seen, []);
});

test('GTW-24: nothing that the server says may run or be framed', async (t) => {
  const { url, call } = await httpWorld(t);
  for (const response of [
    await fetch(`${url}/nothing`),
    await call(READ, { conversationId: ID }),
  ]) {
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  }
});

test('a route that fails answers without detail, and the next request is served', async (t) => {
  const prefix = '/broken';
  const handle = () => Promise.reject(new Error('a secret of the house'));
  const { url, errors } = await httpWorld(t, { routes: [{ prefix, handle }] });
  const response = await fetch(`${url}/broken/x?y`);
  assert.equal(response.status, 500);
  assert.equal((await response.text()).includes('secret'), false);
  assert.equal(errors.length, 1);
  assert.equal((await fetch(`${url}/brokenly`)).status, 404, 'a prefix is whole names');
});
