import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  AccountsService,
  HeliogramError,
  LogService,
  ServerService,
  VerificationError,
} from '@heliogram/protocol';
import { FakeServer, fakePlatform, settle } from '../../tests/fake-server.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { patientCall } from './patient-call.ts';
import { signInAs } from './sign-in.ts';

const { getInfo } = ServerService.method;

function setUp(options: Partial<ConnectionOptions> = {}) {
  const server = new FakeServer();
  server.on(getInfo, () => ({ name: 'here' }));
  const platform = fakePlatform(server);
  const connection = new Connection({
    origin: 'http://localhost:1',
    platform,
    clientName: 'test',
    ...options,
  });
  return { server, platform, connection };
}

const code = (wanted: string) => (error: unknown) =>
  error instanceof HeliogramError && error.code === wanted;

test('SDK-1: connects on the first call and answers it', async () => {
  const { server, connection } = setUp();
  assert.equal((await connection.call(getInfo, {})).name, 'here');
  assert.equal((await connection.call(getInfo, {})).name, 'here');
  assert.equal(server.links.length, 1);
});

test('SDK-1: answers find their callers in any order', async () => {
  const { server, connection } = setUp();
  const gates = new Map<string, () => void>();
  server.on(AccountsService.method.checkUsername, async ({ username }) => {
    await new Promise<void>((resolve) => gates.set(username, resolve));
    return { reason: username };
  });
  const ask = (username: string) =>
    connection.call(AccountsService.method.checkUsername, { username });
  const answers = ['a', 'b', 'c'].map(ask);
  await settle();
  for (const name of ['c', 'a', 'b']) gates.get(name)?.();
  assert.deepEqual(
    (await Promise.all(answers)).map(({ reason }) => reason),
    ['a', 'b', 'c'],
  );
});

test('SDK-1: signs every new connection in before anything else is sent', async () => {
  const device = {
    accountId: 'ab'.repeat(32),
    deviceId: 'cd'.repeat(16),
    signatureSeed: new Uint8Array(32),
  };
  const signer = { sign: () => new Uint8Array(64) };
  const { server, connection, platform } = setUp({
    signIn: signInAs(device, 'http://localhost:1', signer),
  });
  server.on(AccountsService.method.getChallenge, () => ({
    challenge: new Uint8Array(32),
    expiresAt: timestampFromMs(2_000_000_000_000),
  }));
  server.on(AccountsService.method.signIn, () => ({}));
  await connection.call(getInfo, {});
  server.link.drop();
  await platform.advance(60_000);
  await connection.call(getInfo, {});
  const names = server.requests.map((name) => name.split('/')[1]);
  const once = ['GetChallenge', 'SignIn', 'GetInfo'];
  assert.deepEqual(names, [...once, ...once]);
});

test('SDK-1: a device that is cut off for good is told so, and does not dial again', async () => {
  const { server, connection, platform } = setUp();
  await connection.ready();
  const failure = { code: 'device_revoked', message: 'revoked' };
  server.link.push({ case: 'goodbye', value: { failure } });
  assert.equal(connection.phase, 'failed');
  await platform.advance(600_000);
  assert.equal(server.links.length, 1);
});

test('SDK-2: a goodbye with a time is kept', async () => {
  const { server, connection, platform } = setUp();
  await connection.ready();
  const failure = { code: 'draining', message: 'restarting', retryAfterMs: 9_000 };
  server.link.push({ case: 'goodbye', value: { failure } });
  await platform.advance(8_900);
  assert.equal(server.links.length, 1);
  await platform.advance(6_000);
  assert.equal(server.links.length, 2);
});

test('SDK-1: what was in flight when the link broke is told as interrupted or unavailable', async () => {
  const { server, connection } = setUp();
  server.on(LogService.method.read, () => new Promise(() => undefined));
  const reading = connection.call(LogService.method.read, {});
  await settle();
  server.link.drop();
  await assert.rejects(reading, code('unavailable'));
});

test('SDK-1: a call without an answer ends in time', async () => {
  const { server, connection, platform } = setUp({ requestTimeoutMs: 5_000 });
  server.on(LogService.method.read, () => new Promise(() => undefined));
  const reading = connection.call(LogService.method.read, {});
  await settle();
  await Promise.all([assert.rejects(reading, code('timeout')), platform.advance(6_000)]);
});

test('SDK-1: gives up after the failures that it was allowed', async () => {
  const { server, connection } = setUp({ maxFailures: 1 });
  server.refusesConnections = true;
  await assert.rejects(connection.call(getInfo, {}), code('unavailable'));
});

test('SDK-1: keeps trying where it may, until the server is back', async () => {
  const { server, connection, platform } = setUp();
  server.refusesConnections = true;
  const answer = connection.call(getInfo, {});
  await platform.advance(30_000);
  server.refusesConnections = false;
  await platform.advance(60_000);
  assert.equal((await answer).name, 'here');
});

test('SDK-1: whoever hears of a network dials at once, not at the end of the wait', async () => {
  const { server, connection } = setUp();
  server.refusesConnections = true;
  const answer = connection.call(getInfo, {});
  await settle();
  server.refusesConnections = false;
  await settle();
  assert.equal(server.links.length, 0, 'it waits');
  connection.hurry();
  assert.equal((await answer).name, 'here');
});

test('SDK-1: another version of the protocol is refused for good', async () => {
  const { server, connection } = setUp();
  server.version = 7;
  await assert.rejects(connection.call(getInfo, {}), code('version_unsupported'));
});

test('SDK-1: a refusal keeps its code, and an unknown code is internal', async () => {
  const { server, connection } = setUp();
  server.on(LogService.method.read, () => {
    throw new VerificationError('forbidden', 'not yours');
  });
  await assert.rejects(connection.call(LogService.method.read, {}), code('forbidden'));
});

test('SDK-9: hostile bytes close the link and nothing else: it dials again', async () => {
  const { server, connection, platform } = setUp();
  for (const bytes of [
    Uint8Array.of(),
    Uint8Array.of(0xff, 0xff, 0xff),
    new Uint8Array(100).fill(0x0a),
    Uint8Array.from({ length: 64 }, (_, i) => (i * 37) & 0xff),
  ]) {
    await connection.ready();
    const before = server.links.length;
    server.link.raw(bytes);
    await platform.advance(120_000);
    assert.equal(server.links.length, before + 1);
    assert.equal((await connection.call(getInfo, {})).name, 'here');
  }
});

test('SDK-9: answers that nobody waits for are ignored', async () => {
  const { server, connection } = setUp();
  await connection.ready();
  const outcome = { case: 'payload', value: new Uint8Array() } as const;
  server.link.push({ case: 'response', value: { id: 4_000_000, outcome } });
  assert.equal((await connection.call(getInfo, {})).name, 'here');
});

test('SDK-1: a request beyond its limit is refused before it is sent', async () => {
  const { server, connection } = setUp();
  const username = 'x'.repeat(10_000);
  await assert.rejects(
    connection.call(AccountsService.method.checkUsername, { username }),
    code('too_large'),
  );
  assert.deepEqual(server.requests, []);
});

test('SDK-1: closed is closed: who waits is told, nothing is dialled again', async () => {
  const { server, connection, platform } = setUp();
  server.on(LogService.method.read, () => new Promise(() => undefined));
  const reading = connection.call(LogService.method.read, {});
  await settle();
  connection.close();
  await assert.rejects(reading, code('interrupted'));
  await assert.rejects(connection.call(getInfo, {}), code('interrupted'));
  await platform.advance(120_000);
  assert.equal(server.links.length, 1);
});

test('SDK-2: a patient call outlives losses and limits, and ends with the connection', async () => {
  const { server, connection, platform } = setUp();
  let refusals = 2;
  server.on(getInfo, (_, link) => {
    if (refusals-- > 0) throw new HeliogramError('rate_limited', 'slow', { retryAfterMs: 1_000 });
    if (refusals === -1) link.drop();
    return { name: 'at last' };
  });
  const call = patientCall(connection, platform);
  const answer = call(getInfo, {});
  await platform.advance(120_000);
  assert.equal((await answer).name, 'at last');
  server.on(getInfo, () => new Promise(() => undefined));
  const endless = call(getInfo, {});
  await settle();
  connection.close();
  await assert.rejects(endless, code('interrupted'));
});
