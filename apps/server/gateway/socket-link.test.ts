import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { SeededRandom } from '@heliogram/testing';
import { nodeRuntime } from '../node-runtime.ts';
import { fixedNumber } from '../tests/environment.ts';
import type { Connection } from './connection.ts';
import { directHandleOf } from './direct-writes.ts';
import { SocketLink } from './socket-link.ts';
import { eventually } from './tests/http-world.ts';

const seed = fixedNumber('SEED') ?? Math.floor(Math.random() * 2 ** 31);

/** Both ends of one connection; the server's as it is, or behind a plain stream. */
async function pair(t: TestContext, way: 'direct' | 'stream') {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const client = connect(address.port, '127.0.0.1');
  client.on('error', () => undefined);
  const [socket] = (await once(server, 'connection')) as [Socket];
  socket.on('error', () => undefined);
  t.after(() => {
    client.destroy();
    socket.destroy();
    server.close();
  });
  const duplex = way === 'direct' ? socket : Object.setPrototypeOf(socket, Relayed.prototype);
  assert.equal(directHandleOf(duplex) !== undefined, way === 'direct');
  let gone = false;
  let drained = 0;
  const keeper = {
    gone: () => {
      gone = true;
    },
  };
  const link = new SocketLink({ socket: duplex, runtime: nodeRuntime, keeper });
  const connection: Partial<Connection> = {
    drained: () => {
      drained += 1;
    },
    closed: () => undefined,
  };
  link.serve(connection as Connection, Buffer.alloc(0));
  return { client, socket, link, gone: () => gone, drained: () => drained };
}

/** No plain socket in the eyes of the link, as one under TLS is none. */
class Relayed extends Socket {}

for (const way of ['direct', 'stream'] as const) {
  test(`GTW-15: a reader that stops and goes on gets every byte in order, ${way} (seed ${seed})`, async (t) => {
    const random = new SeededRandom(seed, way);
    const { client, link, drained } = await pair(t, way);
    const received: Buffer[] = [];
    const sent: Uint8Array[] = [];
    client.on('data', (chunk) => received.push(chunk));
    for (let round = 0; round < 30; round += 1) {
      client.pause();
      for (let write = random.int(1, 40); write > 0; write -= 1) {
        const bytes = random.bytes(random.pick([1, 300, random.int(1, 90_000)]));
        sent.push(bytes);
        link.write(bytes);
        if (random.chance(0.1)) await new Promise((resolve) => setImmediate(resolve));
      }
      if (random.chance(0.5)) await new Promise((resolve) => setTimeout(resolve, 1));
      client.resume();
      if (random.chance(0.3)) await eventually(() => link.backlogBytes === 0);
    }
    const stuck = new Uint8Array(20_000_000).fill(7);
    client.pause();
    sent.push(stuck);
    link.write(stuck);
    assert.ok(link.backlogBytes > 0, 'more than the kernel takes has to wait');
    const before = drained();
    client.resume();
    await eventually(() => link.backlogBytes === 0 && drained() > before);
    const total = sent.reduce((sum, { byteLength }) => sum + byteLength, 0);
    await eventually(() => received.reduce((sum, { byteLength }) => sum + byteLength, 0) >= total);
    assert.ok(Buffer.concat(received).equals(Buffer.concat(sent)));
  });

  test(`GTW-13: what waits goes out before the goodbye, and nothing after it, ${way}`, async (t) => {
    const { client, link, gone } = await pair(t, way);
    const received: Buffer[] = [];
    client.on('data', (chunk) => received.push(chunk));
    client.pause();
    const bytes = new Uint8Array(8_000_000).fill(1);
    link.write(bytes);
    link.close('draining');
    link.write(new Uint8Array([2, 2, 2]));
    client.resume();
    client.write(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]));
    await eventually(() => gone());
    const all = Buffer.concat(received);
    assert.equal(all.byteLength, bytes.byteLength + 2 + 2 + 'draining'.length);
    assert.deepEqual([...all.subarray(bytes.byteLength, bytes.byteLength + 4)], [0x88, 10, 3, 232]);
  });

  test(`GTW-17: writing to who is gone hurts nobody, ${way}`, async (t) => {
    const { client, socket, link, gone } = await pair(t, way);
    client.pause();
    link.write(new Uint8Array(8_000_000));
    client.resetAndDestroy();
    for (let write = 0; !gone(); write += 1) {
      link.write(new Uint8Array(300));
      await new Promise((resolve) => setImmediate(resolve));
      assert.ok(write < 100_000);
    }
    link.write(new Uint8Array(300));
    assert.equal(socket.destroyed, true);
    link.write(new Uint8Array(300));
  });
}

test('GTW-17: a socket destroyed in the same turn takes nothing, and says so', async (t) => {
  const { socket, link, gone } = await pair(t, 'direct');
  socket.destroy();
  link.write(new Uint8Array(300));
  link.close('internal');
  await eventually(() => gone());
});
