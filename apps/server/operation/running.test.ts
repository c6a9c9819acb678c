import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { AccountsService, ChannelsService, LogService } from '@heliogram/protocol';
import { loadConfig, startServer } from '../main.ts';
import { newChannel, newPerson } from '../tests/processes/person.ts';
import { post, readOver, serve, temporary } from './tests/running-server.ts';

function config(flags: Readonly<Record<string, string>>) {
  const loaded = loadConfig({ flags: { port: '0', 'log-level': 'silent', ...flags }, env: {} });
  return loaded.kind === 'valid' ? loaded.config : assert.fail(loaded.problems.join());
}

test('OPS-8: a port in use is said in a sentence, and the directory is free again', async (t) => {
  const data = temporary(t);
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  await assert.rejects(startServer(config({ data, port })), {
    code: 'unavailable',
    message: `port ${port} on 127.0.0.1 is in use by another program: stop it or choose --port`,
  });
  other.close();
  const server = await startServer(config({ data }));
  await server.close();
});

test('OPS-8: what cannot be used is said in a sentence, with nothing left behind', async (t) => {
  const data = temporary(t);
  const running = await startServer(config({ data }));
  await assert.rejects(startServer(config({ data })), { message: /another heliogram server uses/ });
  await running.close();
  const file = join(data, 'file');
  writeFileSync(file, '');
  await assert.rejects(startServer(config({ data: file })), {
    code: 'unavailable',
    message: /^the data directory .* cannot be used: /,
  });
  await assert.rejects(startServer(config({ data, host: '203.0.113.1' })), {
    message: 'this machine does not have the address 203.0.113.1: choose another --host',
  });
  writeFileSync(join(data, 'heliogram.db'), 'this is no database, it is a text of some length');
  await assert.rejects(startServer(config({ data })), { code: 'malformed' });
  await assert.rejects(startServer(config({ data })), { code: 'malformed' }, 'not: in use');
});

test('OPS-4: a canary fed through everything is in no log', async (t) => {
  const data = temporary(t);
  const canary = 'cnry5150';
  const server = await serve(t, { data, 'log-level': 'debug', 'server-name': canary });
  const { said: url } = server;
  const owner = await newPerson(url, canary);
  const conversationId = await newChannel(owner, canary);
  await post(owner, conversationId, canary);
  const { call } = owner.client.connection;
  const tried = await Promise.allSettled([
    call(LogService.method.signal, { conversationId, payload: new TextEncoder().encode(canary) }),
    call(AccountsService.method.updateProfile, { bio: canary }),
    call(AccountsService.method.checkUsername, { username: canary }),
    call(ChannelsService.method.updateChannel, { conversationId, description: canary }),
    call(ChannelsService.method.createInvite, { conversationId }),
    call(ChannelsService.method.previewInvite, { inviteToken: canary }),
    call(ChannelsService.method.searchPosts, { query: canary }),
    call(ChannelsService.method.listDirectory, { query: canary }),
    call(AccountsService.method.resolveUsername, { username: canary }),
    fetch(`${url}/${canary}?${canary}`, { headers: { 'x-forwarded-for': canary, cookie: canary } }),
    fetch(`${url}/heliogram.v1.LogService/Read`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${canary}` },
      body: `{"conversationId":"${canary}`,
    }),
    fetch(`${url}/uploads/${canary}`, { method: 'PATCH', body: canary }),
    fetch(`${url}/media/${canary}`),
  ]);
  assert.ok(tried.filter(({ status }) => status === 'fulfilled').length > 6);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await owner.client.close();
  assert.equal(await server.end(), 0);
  const logs = server.logs();
  const lines = logs
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  assert.ok(lines.length >= 3, 'it did log');
  const secrets = [canary, owner.accountId, owner.deviceId, conversationId, '127.0.0.1', '::1'];
  for (const secret of secrets) assert.equal(logs.includes(secret), false, secret);
  assert.ok(readFileSync(join(data, 'heliogram.db')).includes(canary), 'the canary did get in');
});

test('OPS-9: ending answers and keeps what was asked, says goodbye and frees everything', async (t) => {
  const data = temporary(t);
  const server = await startServer(config({ data }));
  const owner = await newPerson(server.url, 'Ada');
  const conversationId = await newChannel(owner, 'the_hill');
  const answered: number[] = [];
  const posts = Array.from({ length: 40 }, (_, index) =>
    post(owner, conversationId, `post ${index}`).then(
      (seq) => void answered.push(seq),
      () => undefined,
    ),
  );
  await Promise.race(posts);
  const startedMs = performance.now();
  await server.close();
  assert.ok(performance.now() - startedMs < 10_000, 'within seconds');
  await assert.rejects(fetch(`${server.url}/healthz`), 'the port is free');
  assert.equal(existsSync(join(data, 'admin.sock')), false);
  const again = await startServer(config({ data, port: String(server.port) }));
  await Promise.all(posts);
  const { entries = [] } = await readOver(again.url, { conversationId, limit: 500 });
  const stored = new Set(entries.map(({ seq }) => seq));
  assert.ok(answered.length > 0);
  for (const seq of answered) assert.ok(stored.has(seq), `answered entry ${seq} is there`);
  await owner.client.close();
  await again.close();
});

test('OPS-6: healthy while it serves; HEAD too, nothing else', async (t) => {
  const server = await startServer(config({ data: temporary(t) }));
  const health = await fetch(`${server.url}/healthz`);
  assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }]);
  assert.equal((await fetch(`${server.url}/healthz`, { method: 'HEAD' })).status, 200);
  assert.equal((await fetch(`${server.url}/healthz`, { method: 'DELETE' })).status, 405);
  await server.close();
});

test('OPS-5: metrics count calls by method and code, for local programs only', async (t) => {
  const server = await startServer(config({ data: temporary(t) }));
  const metrics = (headers: Record<string, string> = {}) =>
    fetch(`${server.url}/metrics`, { headers });
  await readOver(server.url, { conversationId: '0'.repeat(32) }).catch(() => undefined);
  const page = await (await metrics()).text();
  assert.match(
    page,
    /heliogram_calls_total\{method="heliogram\.v1\.LogService\/Read",outcome="not_found"\} 1/,
  );
  assert.match(
    page,
    /heliogram_call_duration_seconds_count\{method="heliogram\.v1\.LogService\/Read"\} 1/,
  );
  assert.match(page, /heliogram_connections 0/);
  assert.equal((await metrics({ 'x-forwarded-for': '127.0.0.1' })).status, 404);
  assert.equal((await metrics({ forwarded: 'for=127.0.0.1' })).status, 404);
  await server.close();
});

test('OPS-21: a clock that went back between two runs is counted, and only once', async (t) => {
  const data = temporary(t);
  const jumps = async () => {
    const server = await startServer(config({ data }));
    const page = await (await fetch(`${server.url}/metrics`)).text();
    await server.close();
    return /^heliogram_clock_jumps_total (\d+)$/m.exec(page)?.[1];
  };
  assert.equal(await jumps(), '0');
  const database = new DatabaseSync(join(data, 'heliogram.db'));
  const { changes } = database
    .prepare("update settings set value = ? where key = 'clock-last-seen'")
    .run(String(Date.now() + 400 * 86_400_000));
  database.close();
  assert.equal(changes, 1);
  assert.equal(await jumps(), '1');
  assert.equal(await jumps(), '0');
});

test('OPS-7: the page at / runs nothing and shows what the operator wrote as text', async (t) => {
  const name = '<script>alert("1")</script>';
  const server = await startServer(
    config({
      data: temporary(t),
      'server-name': name,
      registration: 'invite',
      'web-app': temporary(t),
    }),
  );
  const response = await fetch(server.url);
  const policy = response.headers.get('content-security-policy') ?? '';
  const page = await response.text();
  assert.match(policy, /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; img-src 'self'/);
  assert.equal(/script-src|unsafe/.test(policy), false);
  assert.equal(page.includes('<script'), false);
  assert.ok(page.includes('&lt;script&gt;'));
  assert.ok(page.includes(`--server ${server.url}`) && page.includes('--invite CODE'));
  assert.equal(/https?:\/\/(?!127\.0\.0\.1)/.test(page), false, 'nothing from elsewhere');
  const mark = await fetch(`${server.url}/mark.svg`);
  assert.equal(mark.headers.get('content-type'), 'image/svg+xml');
  assert.equal((await fetch(`${server.url}/anything`)).status, 404);
  await server.close();
});
