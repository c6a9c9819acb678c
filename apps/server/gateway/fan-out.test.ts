import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits, type ServerFrame, ServerFrameSchema } from '@heliogram/protocol';
import { conversationTopic } from '../bus/port.ts';
import { echoServices } from './tests/echo-services.ts';
import {
  encode,
  type GatewayWorld,
  gatewayWorld,
  requestBytes,
  settle,
} from './tests/gateway-world.ts';

const HILL = 'a'.repeat(32);
const VALLEY = 'b'.repeat(32);
const ANSWER_BYTES = 1_000;

const plainWorld = () => gatewayWorld(echoServices([]));

function publish(
  { bus }: GatewayWorld,
  { to = HILL, seq, bytes = 300 }: { to?: string; seq: number; bytes?: number },
): Uint8Array {
  const entry = { seq, payload: new Uint8Array(bytes).fill(seq) };
  const frame = encode(ServerFrameSchema, {
    frame: { case: 'entry', value: { conversationId: to, entry } },
  });
  bus.publish(conversationTopic(to), { kind: 'frame', bytes: frame, seq });
  return frame;
}

async function subscriber(world: GatewayWorld, ...conversations: string[]) {
  const opened = await world.greeted();
  for (const id of conversations) opened.connection.subscribe(id, { counters: false });
  return opened;
}

const seqsOf = (frames: ServerFrame['frame'][]) =>
  frames.flatMap(({ case: kind, value }) => (kind === 'entry' ? [value.entry?.seq] : []));

const lagsOf = (frames: ServerFrame['frame'][]) =>
  frames.flatMap(({ case: kind, value }) =>
    kind === 'lag' ? [[value.conversationId, value.headSeq]] : [],
  );

test('GTW-14: one post is framed once and the same bytes go to every socket', async () => {
  const world = plainWorld();
  const readers: Awaited<ReturnType<typeof subscriber>>[] = [];
  for (let reader = 0; reader < 50; reader += 1) readers.push(await subscriber(world, HILL));
  publish(world, { seq: 1 });
  await settle();
  const written = readers.map(({ link }) => link.writes);
  for (const writes of written) assert.equal(writes.length, 1);
  assert.equal(new Set(written.map(([chunk]) => chunk)).size, 1, 'one object for all');
});

test('GTW-14: a burst is joined once for all who carry the same frames', async () => {
  const world = plainWorld();
  const readers: Awaited<ReturnType<typeof subscriber>>[] = [];
  for (let reader = 0; reader < 20; reader += 1) readers.push(await subscriber(world, HILL));
  for (let seq = 1; seq <= 8; seq += 1) publish(world, { seq });
  await settle();
  const chunks = new Set(readers.flatMap(({ link }) => link.writes));
  assert.equal(chunks.size, 1);
  for (const { link } of readers) assert.deepEqual(seqsOf(link.frames()), [1, 2, 3, 4, 5, 6, 7, 8]);
});

test('GTW-15: what a tick produces leaves in one write, in the order in which it happened', async () => {
  const world = plainWorld();
  const both = await subscriber(world, HILL, VALLEY);
  const one = await subscriber(world, VALLEY);
  publish(world, { to: HILL, seq: 1 });
  publish(world, { to: VALLEY, seq: 11 });
  both.connection.receive(requestBytes(1, 'heliogram.v1.ServerService/Nothing'));
  publish(world, { to: HILL, seq: 2 });
  publish(world, { to: VALLEY, seq: 12 });
  assert.equal(both.link.writes.length, 0, 'nothing before the tick ends');
  await settle();
  assert.equal(both.link.writes.length, 1);
  assert.deepEqual(seqsOf(both.link.frames()), [1, 11, 2, 12]);
  assert.deepEqual(seqsOf(one.link.frames()), [11, 12], 'each its own, though frames are shared');
});

test('GTW-15: more sockets than one slice are all served, each once', async () => {
  const world = plainWorld();
  const readers: Awaited<ReturnType<typeof subscriber>>[] = [];
  for (let reader = 0; reader < 2_100; reader += 1) readers.push(await subscriberFast(world));
  publish(world, { seq: 1 });
  publish(world, { seq: 2 });
  await settle();
  for (const { link } of readers) {
    assert.equal(link.writes.length, 1);
    assert.deepEqual(seqsOf(link.frames()), [1, 2]);
  }
});

async function subscriberFast(world: GatewayWorld) {
  const opened = world.open();
  opened.connection.subscribe(HILL, { counters: false });
  return opened;
}

test('GTW-16, GTW-17: a slow reader is bounded, told once where to read on, and nobody waits', async () => {
  const world = plainWorld();
  const slow = await subscriber(world, HILL, VALLEY);
  const quick = await subscriber(world, HILL, VALLEY);
  slow.link.stuck = true;
  const total = 400;
  for (let seq = 1; seq <= total; seq += 1) {
    publish(world, { to: HILL, seq, bytes: 8_000 });
    publish(world, { to: VALLEY, seq, bytes: 8_000 });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(quick.link.writes.length, seq, 'the quick one has each post in its tick');
  }
  await settle();
  assert.ok(slow.link.backlogBytes <= limits.maxConnectionBacklogBytes + 2 * 8_100);
  assert.equal(world.lags(), 1);
  const received = seqsOf(slow.link.take());
  const published = Array.from({ length: total }, (_, index) => [index + 1, index + 1]).flat();
  assert.deepEqual(received, published.slice(0, received.length), 'the first ones, in order');
  slow.link.stuck = false;
  slow.link.backlogBytes = 0;
  slow.connection.drained();
  slow.connection.drained();
  await settle();
  const afterwards = slow.link.take();
  assert.deepEqual(lagsOf(afterwards).sort(), [
    [HILL, total],
    [VALLEY, total],
  ]);
  assert.deepEqual(seqsOf(afterwards), []);
  publish(world, { to: HILL, seq: total + 1 });
  await settle();
  assert.deepEqual(seqsOf(slow.link.take()), [total + 1], 'live again after the notice');
  assert.equal(seqsOf(quick.link.frames()).length, 2 * total + 1);
});

test('GTW-16: frames of a single tick are bounded too, and healed the same way', async () => {
  const world = plainWorld();
  const { link, connection } = await subscriber(world, HILL);
  for (let seq = 1; seq <= 40; seq += 1) publish(world, { seq, bytes: 65_000 });
  await settle();
  const received = seqsOf(link.frames());
  assert.ok(received.length >= 16 && received.length < 40, `${received.length} came`);
  link.take();
  connection.drained();
  await settle();
  assert.deepEqual(lagsOf(link.frames()), [[HILL, 40]]);
});

test('GTW-16: no notice for what it left, nor for what may be lost', async () => {
  const world = plainWorld();
  const { link, connection } = await subscriber(world, HILL, VALLEY);
  link.stuck = true;
  publish(world, { to: HILL, seq: 4 });
  await settle();
  assert.deepEqual(seqsOf(link.take()), [4]);
  link.backlogBytes = limits.maxConnectionBacklogBytes + 1;
  publish(world, { to: HILL, seq: 5 });
  publish(world, { to: VALLEY, seq: 0 });
  connection.unsubscribe(HILL);
  link.backlogBytes = 0;
  connection.drained();
  await settle();
  assert.deepEqual(link.frames(), []);
});

test('whoever left hears nothing more, and the last to leave ends the subscription to the bus', async () => {
  const world = plainWorld();
  const first = await subscriber(world, HILL);
  const second = await subscriber(world, HILL);
  first.connection.unsubscribe(HILL);
  publish(world, { seq: 1 });
  await settle();
  assert.deepEqual(first.link.frames(), []);
  assert.deepEqual(seqsOf(second.link.take()), [1]);
  world.connections.remove(second.connection);
  publish(world, { seq: 2 });
  const third = await subscriber(world, HILL);
  publish(world, { seq: 3, bytes: ANSWER_BYTES });
  await settle();
  assert.deepEqual(second.link.frames(), []);
  assert.deepEqual(seqsOf(third.link.frames()), [3]);
});
