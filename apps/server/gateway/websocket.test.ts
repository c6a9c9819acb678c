import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { fromBinary } from '@bufbuild/protobuf';
import { limits, type ServerFrame, ServerFrameSchema } from '@heliogram/protocol';
import { WebSocket } from 'ws';
import { conversationTopic } from '../bus/port.ts';
import { encode, HELLO, requestBytes } from './tests/gateway-world.ts';
import { eventually, type HttpWorld, httpWorld } from './tests/http-world.ts';
import { wrapForWebSocket } from './websocket.ts';

const GET_INFO = 'heliogram.v1.ServerService/GetInfo';

/** A well-behaved client, so that what the server frames by hand is read by somebody else's code. */
async function client({ port }: HttpWorld) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/connect`);
  const frames: ServerFrame['frame'][] = [];
  let closed: number | undefined;
  socket.on('message', (data) => {
    assert.ok(data instanceof Buffer);
    frames.push(fromBinary(ServerFrameSchema, data).frame);
  });
  socket.on('close', (code) => {
    closed = code;
  });
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('open', resolve));
  return {
    socket,
    frames,
    closed: () => closed,
    hello: async () => {
      socket.send(HELLO);
      await eventually(() => frames.length > 0);
      frames.length = 0;
    },
  };
}

/** The handshake by hand; then any bytes may follow. */
async function rawUpgraded(world: HttpWorld) {
  const { socket, received, ended } = world.raw();
  socket.write(
    'GET /connect HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n',
  );
  await eventually(() => received().includes('\r\n\r\n'));
  assert.match(received().toString('latin1'), /^HTTP\/1\.1 101/);
  return { socket, received, ended };
}

/** A client's frame (RFC 6455 §5.2): masked, with the first byte as given. */
function masked(first: number, payload: Uint8Array): Buffer {
  const mask = randomBytes(4);
  const length = Buffer.alloc(payload.byteLength < 126 ? 1 : 3);
  length[0] = payload.byteLength < 126 ? 0x80 | payload.byteLength : 0x80 | 126;
  if (length.byteLength === 3) length.writeUInt16BE(payload.byteLength, 1);
  const body = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return Buffer.concat([Buffer.from([first]), length, mask, body]);
}

async function stillServes(world: HttpWorld): Promise<void> {
  const { socket, frames, hello } = await client(world);
  await hello();
  socket.send(requestBytes(1, GET_INFO));
  await eventually(() => frames.length > 0);
  assert.equal(frames[0]?.case, 'response');
  socket.terminate();
}

test('GTW-14: frames made once are frames to everybody, at every length', () => {
  for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 1_114_112]) {
    const payload = randomBytes(length);
    const frame = Buffer.from(wrapForWebSocket(payload));
    assert.equal(frame[0], 0x82, 'one whole binary frame');
    const [header, told] = lengthIn(frame);
    assert.equal(told, length);
    assert.deepEqual(frame.subarray(header), payload);
  }
});

/** Length of the header and of the payload (RFC 6455 §5.2), each in the fewest bytes. */
function lengthIn(frame: Buffer): [header: number, length: number] {
  const short = frame[1] ?? 0;
  if (short < 126) return [2, short];
  const [header, length] =
    short === 126 ? [4, frame.readUInt16BE(2)] : [10, Number(frame.readBigUInt64BE(2))];
  assert.ok(length >= (short === 126 ? 126 : 65_536), 'no longer a header than needed');
  return [header, length];
}

test('GTW-11, GTW-15: a client by another hand reads what the server writes', async (t) => {
  const world = await httpWorld(t);
  const { socket, frames, hello } = await client(world);
  await hello();
  for (let id = 1; id <= 40; id += 1) socket.send(requestBytes(id, GET_INFO));
  await eventually(() => frames.length === 40);
  const ids = frames.map((frame) => (frame.case === 'response' ? frame.value.id : 0));
  assert.deepEqual(
    ids.sort((a, b) => a - b),
    Array.from({ length: 40 }, (_, index) => index + 1),
  );
});

test('GTW-12: fragments are joined, byte by byte if need be', async (t) => {
  const world = await httpWorld(t);
  const { socket, received } = await rawUpgraded(world);
  const before = received().byteLength;
  const parts = [HELLO.subarray(0, 2), HELLO.subarray(2, 3), HELLO.subarray(3)];
  const [first = HELLO, second = HELLO, third = HELLO] = parts;
  const bytes = Buffer.concat([masked(0x02, first), masked(0x00, second), masked(0x80, third)]);
  for (const byte of bytes) {
    socket.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await eventually(() => received().byteLength > before);
  const welcome = received().subarray(before);
  assert.equal(welcome[0], 0x82);
  assert.equal(fromBinary(ServerFrameSchema, welcome.subarray(2)).frame.case, 'welcome');
  socket.destroy();
});

test('GTW-12: too large a message ends the connection, whole or in pieces, before it is held', async (t) => {
  const world = await httpWorld(t);
  const whole = await rawUpgraded(world);
  const header = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3, 4]);
  whole.socket.write(header);
  assert.equal(closeCodeOf(await whole.ended), 1009);
  const pieces = await rawUpgraded(world);
  const piece = new Uint8Array(60_000);
  pieces.socket.write(masked(0x02, piece));
  const count = Math.ceil(limits.maxFrameBytes / piece.byteLength) + 2;
  for (let sent = 0; sent < count; sent += 1) pieces.socket.write(masked(0x00, piece));
  assert.equal(closeCodeOf(await pieces.ended), 1009);
  await stillServes(world);
});

/** Of the last close frame that the server sent. */
function closeCodeOf(received: Buffer): number | undefined {
  const at = received.lastIndexOf(0x88);
  return at === -1 ? undefined : received.readUInt16BE(at + 2);
}

test('GTW-10: text, unmasked, reserved and nonsense frames end only their own connection', async (t) => {
  const world = await httpWorld(t);
  const unmasked = Buffer.concat([Buffer.from([0x82, HELLO.byteLength]), HELLO]);
  const hostile: Buffer[] = [
    masked(0x81, new TextEncoder().encode('hello')),
    unmasked,
    masked(0xc2, HELLO),
    masked(0x83, HELLO),
    masked(0x00, HELLO),
    masked(0x09, HELLO),
    masked(0x88, new Uint8Array([1])),
    masked(0x82, new Uint8Array([0xff, 0xff])),
    Buffer.alloc(64, 0xff),
    randomBytes(512),
  ];
  for (const bytes of hostile) {
    const { socket, ended } = await rawUpgraded(world);
    socket.write(bytes);
    await ended;
    await stillServes(world);
  }
  assert.deepEqual(world.errors, []);
});

test('GTW-10: a text message gets a close that says why', async (t) => {
  const world = await httpWorld(t);
  const { socket, closed, hello } = await client(world);
  await hello();
  socket.send('text');
  await eventually(() => closed() !== undefined);
  assert.equal(closed(), 1008);
});

test('GTW-23: a client that never finishes a frame holds nobody up and goes when it is gone', async (t) => {
  const world = await httpWorld(t);
  const { socket } = await rawUpgraded(world);
  socket.write(Buffer.from([0x82, 0xfe]));
  await stillServes(world);
  assert.ok(world.connections.count >= 1);
  socket.destroy();
  await eventually(() => world.connections.count === 0);
});

test('GTW-16, GTW-17: a reader that stops is bounded in memory while others have every post', async (t) => {
  const world = await httpWorld(t, {
    run: ({ context }) => {
      context.connection?.subscribe('a'.repeat(32), { counters: false });
      return {};
    },
  });
  const slow = await client(world);
  const quick = await client(world);
  for (const { hello, socket, frames } of [slow, quick]) {
    await hello();
    socket.send(requestBytes(1, GET_INFO));
    await eventually(() => frames.length === 1);
    frames.length = 0;
  }
  slow.socket.pause();
  const total = 600;
  for (let seq = 1; seq <= total; seq += 1) {
    const entry = { seq, payload: new Uint8Array(30_000) };
    const value = { conversationId: 'a'.repeat(32), entry };
    const bytes = encode(ServerFrameSchema, { frame: { case: 'entry', value } });
    world.bus.publish(conversationTopic('a'.repeat(32)), { kind: 'frame', bytes, seq });
    if (seq % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await eventually(() => quick.frames.length === total);
  assert.ok(
    quick.frames.every((frame) => frame.case === 'entry'),
    'the quick one never lagged',
  );
  slow.socket.resume();
  await eventually(() => slow.frames.some((frame) => frame.case === 'lag'));
  const lags = slow.frames.flatMap((frame) => (frame.case === 'lag' ? [frame.value.headSeq] : []));
  assert.deepEqual(lags, [total]);
  const seqs = slow.frames.flatMap((frame) =>
    frame.case === 'entry' ? [frame.value.entry?.seq] : [],
  );
  assert.ok(seqs.length < total);
  assert.deepEqual(
    seqs,
    Array.from({ length: seqs.length }, (_, index) => index + 1),
  );
  slow.socket.terminate();
  quick.socket.terminate();
});

test('GTW-13: closing frees the port though a client never answers the goodbye', async (t) => {
  const world = await httpWorld(t);
  const { socket, ended } = await rawUpgraded(world);
  socket.write(masked(0x82, HELLO));
  await world.http.close();
  await ended;
});
