import assert from 'node:assert/strict';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { create, type DescMessage, toBinary } from '@bufbuild/protobuf';
import {
  ConversationKind,
  EntryKind,
  ListActionsResponseSchema,
  limits,
  ValidationError,
} from '@heliogram/protocol';
import { signUp } from '../accounts/tests/person.ts';
import {
  adminMethods as admin,
  openWorld,
  refusal,
  temporaryDirectory,
  type World,
} from '../accounts/tests/world.ts';
import { nodeRuntime } from '../node-runtime.ts';
import { openOffline } from '../operator.ts';
import { dataPaths, lockDataDirectory } from '../storage/data-directory.ts';
import { callOperator as callPaths, type OperatorCall, openOperatorChannel } from './index.ts';

/** The client side as `operator.ts` wires it, with a way back that a test can watch. */
function callOperator<I extends DescMessage, O extends DescMessage>(
  call: Pick<OperatorCall<I, O>, 'method' | 'request'> & {
    readonly dataDirectory: string;
    readonly openOffline: (dataDirectory: string) => ReturnType<typeof openOffline>;
  },
) {
  const { dataDirectory, method, request } = call;
  return callPaths({
    paths: dataPaths(dataDirectory),
    runtime: nodeRuntime,
    method,
    request,
    openOffline: () => call.openOffline(dataDirectory),
  });
}

/** A data directory in use by a server: locked, its database open, its operator socket answering. */
async function serve(t: TestContext, dataDirectory = temporaryDirectory(t)) {
  const directory = lockDataDirectory(dataDirectory);
  const world = openWorld(t, { path: directory.databaseFile });
  const channel = await openOperatorChannel({
    socketPath: directory.operatorSocket,
    dispatch: (method, payload, context) => world.dispatcher.call(method, payload, context),
  });
  const stop = async () => {
    await channel.close();
    await world.storage.close();
    directory.release();
  };
  t.after(() => channel.close());
  return { world, stop, dataDirectory, socket: directory.operatorSocket };
}

const noFallback = () => Promise.reject(new Error('the server was not asked'));

test('MOD-9: the socket is private, and gone when the server is', async (t) => {
  const { socket, stop } = await serve(t);
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  await stop();
  assert.equal(existsSync(socket), false);
});

test('MOD-11: a running server answers over its socket', async (t) => {
  const { world, dataDirectory } = await serve(t);
  const { caller } = await signUp(world);
  const call = { dataDirectory, openOffline: noFallback };
  const suspended = await callOperator({
    ...call,
    method: admin.suspendAccount,
    request: { account: caller.accountId, reason: 'spam' },
  });
  assert.deepEqual(suspended.accountIds, [caller.accountId]);
  assert.equal(world.sessions.ended.length, 1);
  const unknown = callOperator({
    ...call,
    method: admin.restoreAccount,
    request: { account: '0'.repeat(64) },
  });
  await assert.rejects(unknown, refusal('not_found'));
});

test('MOD-11: without a server the data directory itself is used, and left free', async (t) => {
  const { world, stop, dataDirectory } = await serve(t);
  const { caller } = await signUp(world);
  await stop();
  const suspension = { account: caller.accountId, reason: 'spam' };
  await callOperator({
    dataDirectory,
    openOffline,
    method: admin.suspendAccount,
    request: suspension,
  });
  const again = await serve(t, dataDirectory);
  const standing = await again.world.accounts.standings.of(caller.account);
  assert.equal(standing.suspendedReason, 'spam');
  const { actions } = await callOperator({
    dataDirectory,
    openOffline: noFallback,
    method: admin.listActions,
    request: {},
  });
  assert.equal(actions.length, 1);
});

test('MOD-11: where no server ever ran, nothing is made', async (t) => {
  const dataDirectory = join(temporaryDirectory(t), 'misspelt');
  const call = callOperator({ dataDirectory, openOffline, method: admin.listActions, request: {} });
  await assert.rejects(call, refusal('not_found'));
  assert.equal(existsSync(dataDirectory), false);
});

test('MOD-11: a server that is just starting is waited for', async (t) => {
  const { stop, dataDirectory } = await serve(t);
  await stop();
  const directory = lockDataDirectory(dataDirectory);
  const call = callOperator({ dataDirectory, openOffline, method: admin.listActions, request: {} });
  setTimeout(() => directory.release(), 250);
  assert.deepEqual((await call).actions, []);
});

test('MOD-9: a socket that a dead server left is replaced, a live one is not', async (t) => {
  const dataDirectory = temporaryDirectory(t);
  const { operatorSocket } = dataPaths(dataDirectory);
  const dead = createServer().listen(operatorSocket);
  await new Promise((resolve) => dead.once('listening', resolve));
  const second = openOperatorChannel({
    socketPath: operatorSocket,
    dispatch: () => Promise.reject(new Error('unused')),
  });
  await assert.rejects(second, refusal('unavailable'));
  await leaveBehind(operatorSocket, dead);
  const { world } = await serve(t, dataDirectory);
  assert.ok(world);
});

/** Ends a listening server so that its file stays, as a killed process leaves it. */
async function leaveBehind(path: string, server: ReturnType<typeof createServer>): Promise<void> {
  const { link, rename } = await import('node:fs/promises');
  await link(path, `${path}.kept`);
  await new Promise((resolve) => server.close(resolve));
  await rename(`${path}.kept`, path);
}

test('MOD-9: a data directory of any depth has a socket', async (t) => {
  const dataDirectory = join(temporaryDirectory(t), 'd'.repeat(120), 'e'.repeat(120));
  mkdirSync(dataDirectory, { recursive: true });
  const { socket } = await serve(t, dataDirectory);
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  const { actions } = await callOperator({
    dataDirectory,
    openOffline: noFallback,
    method: admin.listActions,
    request: {},
  });
  assert.deepEqual(actions, []);
});

test('MOD-10: bytes that are no request end that connection only', async (t) => {
  const { dataDirectory, socket } = await serve(t);
  const tooLong = Buffer.alloc(4);
  tooLong.writeUInt32BE(limits.maxFrameBytes + 1);
  const hostile = [tooLong, Buffer.from([0, 0, 0, 2, 0xff, 0xff]), Buffer.alloc(64, 0xff)];
  for (const bytes of hostile) {
    const client = connect(socket);
    client.on('error', () => undefined);
    client.write(bytes);
    await new Promise((resolve) => client.once('close', resolve));
  }
  const call = { dataDirectory, openOffline: noFallback, method: admin.listActions, request: {} };
  assert.deepEqual((await callOperator(call)).actions, []);
});

test('MOD-10: a request in single bytes is answered, and several on one connection in order', async (t) => {
  const seen: string[] = [];
  const socketPath = join(temporaryDirectory(t), 'admin.sock');
  const channel = await openOperatorChannel({
    socketPath,
    dispatch: async (method) => {
      seen.push(method);
      if (method === 'b') throw new ValidationError('not_found', 'no');
      return new Uint8Array([1]);
    },
  });
  t.after(() => channel.close());
  const client = connect(socketPath);
  // Request{id, method}: fields 1 and 2.
  const request = (id: number, method: string) =>
    Buffer.from([0, 0, 0, 5, 8, id, 18, 1, method.charCodeAt(0)]);
  for (const byte of Buffer.concat([request(1, 'a'), request(2, 'b'), request(3, 'c')])) {
    client.write(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  while (seen.length < 3) await new Promise(setImmediate);
  assert.deepEqual(seen, ['a', 'b', 'c']);
  client.destroy();
});

test('MOD-10: a client that hangs up before its answer harms nobody', async (t) => {
  const socketPath = join(temporaryDirectory(t), 'admin.sock');
  const answers: ((answer: Uint8Array) => void)[] = [];
  const channel = await openOperatorChannel({
    socketPath,
    dispatch: () => new Promise((resolve) => answers.push(resolve)),
  });
  t.after(() => channel.close());
  const client = connect(socketPath);
  client.write(Buffer.from([0, 0, 0, 3, 18, 1, 97]));
  while (answers.length === 0) await new Promise(setImmediate);
  client.destroy();
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const answer of answers) answer(new Uint8Array(1_000_000));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const another = connect(socketPath);
  another.write(Buffer.from([0, 0, 0, 3, 18, 1, 98]));
  while (answers.length === 1) await new Promise(setImmediate);
  another.destroy();
  for (const answer of answers) answer(new Uint8Array());
});

test('MOD-9: closing answers the call under way first', async (t) => {
  const asked = Promise.withResolvers<(answer: Uint8Array) => void>();
  const directory = temporaryDirectory(t);
  const world = openWorld(t, { path: dataPaths(directory).databaseFile });
  const channel = await openOperatorChannel({
    socketPath: dataPaths(directory).operatorSocket,
    dispatch: () => new Promise(asked.resolve),
  });
  const call = callOperator({
    dataDirectory: directory,
    openOffline: noFallback,
    method: admin.listActions,
    request: {},
  });
  const finish = await asked.promise;
  const closed = channel.close();
  finish(largeAnswer());
  assert.equal((await call).actions.length, 1);
  await closed;
  assert.ok(world);
});

test('MOD-7: without a server, channels and posts are taken down and restored as well', async (t) => {
  const { world, stop, dataDirectory } = await serve(t);
  const { caller } = await signUp(world);
  const channel = await storeChannel(world, caller.account);
  await stop();
  const call = { dataDirectory, openOffline };
  const takeDown = (seq: number) =>
    callOperator({
      ...call,
      method: admin.takeDown,
      request: { channel: '@engines', seq, reason: 'unlawful' },
    });
  await takeDown(0);
  await takeDown(1);
  await assert.rejects(takeDown(2), refusal('not_found'));
  assert.deepEqual(await storedReasons(t, dataDirectory), ['unlawful', 'unlawful']);
  for (const seq of [0, 1]) {
    await callOperator({ ...call, method: admin.restore, request: { channel, seq } });
  }
  assert.deepEqual(await storedReasons(t, dataDirectory), [null, null]);
  const { actions } = await callOperator({ ...call, method: admin.listActions, request: {} });
  assert.equal(actions.length, 4);
});

/** A listed channel with one post, as the room of channels stores them. */
async function storeChannel({ storage }: World, owner: number): Promise<string> {
  const conversationId = 'cd'.repeat(16);
  const { id: conversation } = await storage.db
    .insertInto('conversations')
    .values({ conversation_id: conversationId, kind: ConversationKind.CHANNEL, created_at: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const flags = {
    unlisted: 0,
    forbid_forwarding: 0,
    sign_posts: 0,
    no_index: 0,
    forbid_reactions: 0,
    subscribers: 0,
    subscribers_shown: 0,
    taken_down_reason: null,
  };
  const texts = { title: 'Engines', username: 'engines', description: '', avatar_media_id: '' };
  await storage.db
    .insertInto('channels')
    .values({ conversation, owner, ...texts, ...flags })
    .execute();
  const free = { account: null, released_at: null, released_by: null };
  await storage.db
    .insertInto('usernames')
    .values({ username: 'engines', conversation, ...free })
    .execute();
  await storage.log.append([
    {
      conversation,
      kind: EntryKind.POST,
      author: owner,
      sentAt: 1,
      appendId: new Uint8Array(16).fill(1),
      payload: new Uint8Array([1]),
      silent: false,
      signed: false,
      targetSeq: 0,
    },
  ]);
  return conversationId;
}

/** Of the channel and of its post, as another server finds them. */
async function storedReasons(t: TestContext, dataDirectory: string): Promise<unknown[]> {
  const { world, stop } = await serve(t, dataDirectory);
  const { conversation, taken_down_reason } = await world.storage.db
    .selectFrom('channels')
    .select(['conversation', 'taken_down_reason'])
    .executeTakeFirstOrThrow();
  const post = await world.storage.log.entry(conversation, 1);
  await stop();
  return [taken_down_reason, post?.takenDownReason];
}

/** ListActionsResponse with one action whose reason fills many socket buffers. */
function largeAnswer(): Uint8Array {
  const answer = { actions: [{ reason: 'x'.repeat(1_000_000) }] };
  return toBinary(ListActionsResponseSchema, create(ListActionsResponseSchema, answer));
}
