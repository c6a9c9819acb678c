import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { create, toBinary } from '@bufbuild/protobuf';
import { LogService, limits, ReadRequestSchema, ServerService } from '@heliogram/protocol';
import { SeededRandom } from '@heliogram/testing';
import { fixedNumber } from './environment.ts';
import { AttackedServer, assertTyped } from './hostile/attacked-server.ts';
import { RawClient } from './hostile/raw-client.ts';

const seed = fixedNumber('SEED') ?? Math.floor(Math.random() * 2 ** 31);
const getInfo = `${ServerService.typeName}/GetInfo`;

test(`SIM-8: bytes that are no HTTP, no WebSocket, too much or half hurt nobody (seed ${seed})`, async (t) => {
  const attacked = await AttackedServer.start('canary_wire');
  const { port } = attacked;
  try {
    await t.test('requests that are none, cut off or too large', async () => {
      const random = new SeededRandom(seed, 'http');
      for (const request of requests(random)) {
        const answer = await say(port, request);
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
        const what = request.toString('latin1', 0, 60);
        assert.ok(
          status < 500 || status === 501,
          `${what} was answered with ${answer.slice(0, 100)}`,
        );
      }
    });

    await t.test('upgraded connections that then speak nonsense', async () => {
      const random = new SeededRandom(seed, 'websocket');
      for (const nonsense of webSocketNonsense(random)) {
        const socket = await upgraded(port);
        socket.write(nonsense);
        socket.end();
        await closed(socket);
      }
    });

    await t.test('a message beyond the limit, in one piece or in many', async () => {
      const large = await RawClient.greet(port);
      large.socket.send(new Uint8Array(limits.maxFrameBytes + 1));
      await large.ended();
      const pieces = await RawClient.greet(port);
      const piece = new Uint8Array(65_536);
      for (let sent = 0; sent <= limits.maxFrameBytes && pieces.isOpen; sent += piece.byteLength) {
        pieces.socket.send(piece, { fin: false });
      }
      await pieces.ended();
    });

    await t.test('text where frames are binary', async () => {
      const client = await RawClient.greet(port);
      client.socket.send('hello');
      await client.ended();
    });

    await t.test('slow senders keep nobody waiting', async () => {
      const slow = await Promise.all(Array.from({ length: 200 }, () => opened(port)));
      for (const byte of 'POST /heliogram.v1.ServerService/GetInfo HTTP/1.1\r\n') {
        for (const socket of slow) socket.write(byte);
        await sleep(2);
      }
      const client = await RawClient.greet(port);
      assert.equal((await client.call(getInfo, new Uint8Array())).code, 'ok');
      client.close();
      for (const socket of slow) socket.destroy();
    });

    await t.test(
      'more calls at once than a connection may have are refused, the rest answered',
      async () => {
        const client = await RawClient.greet(port);
        const calls = Array.from({ length: 2_000 }, () => client.call(getInfo, new Uint8Array()));
        const codes = new Map<string, number>();
        for (const { code } of await Promise.all(calls))
          codes.set(code, (codes.get(code) ?? 0) + 1);
        assert.deepEqual([...codes.keys()].toSorted(), ['limit_reached', 'ok']);
        client.close();
      },
    );

    await t.test(
      'whoever asks for much and takes nothing is not served without limit',
      async () => {
        const before = attacked.server.residentBytes;
        const takers = await Promise.all(Array.from({ length: 20 }, () => RawClient.greet(port)));
        const { conversationId } = attacked.canary;
        const request = create(ReadRequestSchema, { conversationId, fromStart: true, limit: 500 });
        const payload = toBinary(ReadRequestSchema, request);
        for (const taker of takers) {
          taker.socket.pause();
          for (let i = 0; i < 3_000; i++) {
            void taker.call(`${LogService.typeName}/Read`, payload);
          }
        }
        await sleep(2_000);
        const grown = attacked.server.residentBytes - before;
        assert.ok(grown < 200 * 1_048_576, `memory grew by ${Math.round(grown / 1_048_576)} MB`);
        for (const taker of takers) taker.close();
      },
    );

    await t.test('a first frame that is no hello', async () => {
      const client = await RawClient.dial(port);
      client.send({ case: 'ping', value: { nonce: 1 } });
      assertTyped(await client.ended(), 'a ping before hello');
      const old = await RawClient.dial(port);
      old.send({ case: 'hello', value: { minVersion: 900, maxVersion: 901, client: '' } });
      assert.equal(await old.ended(), 'version_unsupported');
    });
  } finally {
    await attacked.judge();
  }
});

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

function* requests(random: SeededRandom): Iterable<Buffer> {
  const post = (headers: string, body = ''): Buffer =>
    utf8(`POST /${getInfo} HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n${body}`);
  const json = 'content-type: application/json';
  yield utf8('');
  yield utf8('\r\n\r\n\r\n');
  yield utf8('GET');
  yield utf8('GET / HTTP/9.9\r\n\r\n');
  yield utf8('FOO / HTTP/1.1\r\nhost: x\r\n\r\n');
  yield utf8('GET //// HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  yield utf8('GET /%zz%00%ff HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  yield utf8('GET http://[::1:bad/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  yield utf8('GET /../../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  yield utf8('GET //[ HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  yield utf8(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
  yield utf8(`GET / HTTP/1.1\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`);
  yield utf8(`GET / HTTP/1.1\r\n${'x: y\r\n'.repeat(3_000)}\r\n`);
  yield utf8(
    'GET /connect HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  );
  yield utf8('GET /elsewhere HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n');
  yield post(`${json}\r\ncontent-length: 100`, '{}');
  yield post(`${json}\r\ncontent-length: -1`, '{}');
  yield post(`${json}\r\ncontent-length: 1\r\ncontent-length: 2`, '{}');
  yield post(`${json}\r\ntransfer-encoding: chunked`, 'zz\r\n{}\r\n0\r\n\r\n');
  yield post(`${json}\r\ntransfer-encoding: chunked\r\ncontent-length: 2`, '{}');
  yield post(`${json}\r\ncontent-encoding: gzip\r\ncontent-length: 4`, 'abcd');
  yield post(`content-type: text/plain\r\nconnection: close\r\ncontent-length: 2`, '{}');
  yield post(
    `${json}\r\nconnect-timeout-ms: nonsense\r\nconnection: close\r\ncontent-length: 2`,
    '{}',
  );
  for (const path of ['uploads', 'uploads/x', 'media', 'media/../..', 'metrics', 'healthz']) {
    for (const method of ['GET', 'POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS']) {
      const tus =
        'tus-resumable: 1.0.0\r\nupload-length: -5\r\nupload-offset: 99999999999999999999';
      yield utf8(`${method} /${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${tus}\r\n\r\n`);
    }
  }
  for (let i = 0; i < 60; i++) yield Buffer.from(random.bytes(random.int(1, 600)));
}

/** Frames of RFC 6455 §5.2 as they must not be, and bytes of any kind. */
function* webSocketNonsense(random: SeededRandom): Iterable<Buffer> {
  yield Buffer.from([0x82, 0x01, 0x00]);
  yield Buffer.from([0xf2, 0x80, 0, 0, 0, 0]);
  yield Buffer.from([0x83, 0x80, 0, 0, 0, 0]);
  yield Buffer.from([0x80, 0x80, 0, 0, 0, 0]);
  yield Buffer.from([0x82, 0xff, ...new Array<number>(8).fill(0xff), 1, 2, 3, 4]);
  yield Buffer.from([0x89, 0xfe, 0x7f, 0xff, 0, 0, 0, 0]);
  yield Buffer.from([0x88, 0x81, 0, 0, 0, 0, 9]);
  yield Buffer.from([0x82, 0xfe]);
  const ping = [0x89, 0x80, 0, 0, 0, 0];
  yield Buffer.from(Array.from({ length: 20_000 }, () => ping).flat());
  for (let i = 0; i < 60; i++) yield Buffer.from(random.bytes(random.int(1, 300)));
}

async function opened(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Sends everything, half-closes, and reads what comes back. */
async function say(port: number, bytes: Buffer): Promise<string> {
  const socket = await opened(port);
  let answer = '';
  socket.on('data', (data: Buffer) => {
    answer += data.toString('latin1');
  });
  socket.end(bytes);
  await closed(socket);
  return answer;
}

async function closed(socket: Socket): Promise<void> {
  socket.resume();
  // A server may rightly wait for the rest: then it is we who hang up.
  socket.setTimeout(1_000, () => socket.destroy());
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

async function upgraded(port: number): Promise<Socket> {
  const socket = await opened(port);
  const key = Buffer.from('0123456789abcdef').toString('base64');
  socket.write(
    `GET /connect HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n\r\n`,
  );
  await once(socket, 'data');
  return socket;
}
