import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, toBinary } from '@bufbuild/protobuf';
import {
  DependencyError,
  GetMediaRequestSchema,
  limits,
  type ServerFrame,
} from '@heliogram/protocol';
import fc from 'fast-check';
import { accountTopic } from '../bus/port.ts';
import { echoServices, type Seen } from './tests/echo-services.ts';
import {
  frameBytes,
  gatewayWorld,
  HELLO,
  MAX_PER_ADDRESS,
  requestBytes,
  settle,
  someAccount,
  someDevice,
} from './tests/gateway-world.ts';

type Frames = ServerFrame['frame'][];

const GET_INFO = 'heliogram.v1.ServerService/GetInfo';
/** Waits for the check of a file: others do not wait for it. */
const GET_MEDIA = 'heliogram.v1.MediaService/GetMedia';
const MEDIA_ID = toBinary(
  GetMediaRequestSchema,
  create(GetMediaRequestSchema, { mediaId: 'ab'.repeat(16) }),
);

/** A world whose calls are answered when the test says so, by request id in arrival order. */
function waitingWorld() {
  const seen: Seen[] = [];
  const answers: (() => void)[] = [];
  const world = gatewayWorld(
    echoServices(seen, () => new Promise((resolve) => answers.push(() => resolve({})))),
  );
  return { ...world, seen, answers };
}

const plainWorld = () => gatewayWorld(echoServices([]));

const goodbyeCode = (frames: Frames): string | undefined => {
  const last = frames.at(-1);
  return last?.case === 'goodbye' ? last.value.failure?.code : undefined;
};

const responses = (frames: Frames) =>
  frames.flatMap((frame) => (frame.case === 'response' ? [frame.value] : []));

test('GTW-9: the highest version both speak, or a goodbye that says so', async () => {
  const { min, max } = limits.protocolVersion;
  const table: [number, number, number | undefined][] = [
    [min, max, max],
    [0, 4_294_967_295, max],
    [max, max + 9, max],
    [max + 1, max + 9, undefined],
    [0, min - 1, undefined],
    [max + 1, min, undefined],
  ];
  for (const [minVersion, maxVersion, expected] of table) {
    const { link, connection } = plainWorld().open();
    connection.receive(frameBytes({ case: 'hello', value: { minVersion, maxVersion } }));
    await settle();
    const [frame] = link.frames();
    if (expected !== undefined) {
      assert.equal(frame?.case === 'welcome' && frame.value.version, expected);
      assert.equal(frame?.case === 'welcome' && frame.value.heartbeatMs, limits.heartbeatMs);
      assert.equal(link.closedBecause, undefined);
    } else {
      assert.equal(goodbyeCode(link.frames()), 'version_unsupported');
      assert.equal(link.closedBecause, 'version_unsupported');
    }
  }
});

test('GTW-9: whoever never says hello goes, whoever said it may be quiet for a heartbeat', async () => {
  const { runtime, open, greeted } = plainWorld();
  const silent = open();
  const polite = await greeted();
  await runtime.advance(20_000);
  assert.equal(goodbyeCode(silent.link.frames()), 'timeout');
  assert.equal(polite.link.closedBecause, undefined);
  await runtime.advance(2 * limits.heartbeatMs - 20_000 - 1);
  assert.equal(polite.link.closedBecause, undefined, 'within two heartbeats');
  await runtime.advance(2 * limits.heartbeatMs + 10_000);
  assert.equal(goodbyeCode(polite.link.frames()), 'timeout');
});

test('GTW-9: pings are answered and keep a connection', async () => {
  const { runtime, greeted } = plainWorld();
  const { link, connection } = await greeted();
  for (let round = 1; round <= 20; round += 1) {
    connection.receive(frameBytes({ case: 'ping', value: { nonce: round } }));
    await runtime.advance(limits.heartbeatMs);
    const [pong] = link.take();
    assert.equal(pong?.case === 'pong' && pong.value.nonce, round);
  }
  assert.equal(link.closedBecause, undefined);
});

test('GTW-10: frames at the wrong time end the connection with a reason', async () => {
  const early = [
    requestBytes(1, GET_INFO),
    frameBytes({ case: 'ping', value: {} }),
    new Uint8Array(),
  ];
  for (const frame of early) {
    const { link, connection } = plainWorld().open();
    connection.receive(frame);
    assert.equal(goodbyeCode(link.frames()), 'malformed');
    assert.equal(link.closedBecause, 'malformed');
  }
  const { greeted } = plainWorld();
  const { link, connection } = await greeted();
  connection.receive(HELLO);
  assert.equal(goodbyeCode(link.frames()), 'malformed');
  connection.receive(requestBytes(1, GET_INFO));
  await settle();
  assert.deepEqual(responses(link.frames()), [], 'nothing is answered after the goodbye');
});

test('GTW-10: any bytes are an answer or a goodbye, and nobody else notices', async () => {
  const { greeted } = plainWorld();
  const bystander = await greeted('192.0.2.99');
  const message = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.record({ at: fc.nat(), flip: fc.integer({ min: 1, max: 255 }) }).map(({ at, flip }) => {
      const bytes = Uint8Array.from(requestBytes(7, GET_INFO));
      const index = at % bytes.byteLength;
      bytes[index] = (bytes[index] ?? 0) ^ flip;
      return bytes;
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 5 }), async (messages) => {
      const { link, connection } = await greeted();
      for (const bytes of messages) connection.receive(bytes);
      await settle();
      const closed = link.closedBecause !== undefined;
      assert.equal(goodbyeCode(link.frames()) !== undefined, closed);
      connection.closed();
    }),
    { numRuns: 400 },
  );
  bystander.connection.receive(requestBytes(3, GET_INFO));
  await settle();
  assert.deepEqual(
    responses(bystander.link.frames()).map(({ id }) => id),
    [3],
  );
});

test('GTW-11: every request is answered once by its id, whatever finishes first', async () => {
  const { greeted, answers, seen } = waitingWorld();
  const { link, connection } = await greeted();
  for (const id of [5, 9, 0xffff_ffff]) connection.receive(requestBytes(id, GET_MEDIA, MEDIA_ID));
  connection.receive(requestBytes(4, 'heliogram.v1.ServerService/Nothing'));
  await settle();
  assert.equal(seen.length, 3);
  for (const index of [2, 0, 1]) {
    answers[index]?.();
    await settle();
  }
  const answered = responses(link.frames()).map(({ id, outcome }) => [id, outcome.case]);
  assert.deepEqual(answered, [
    [4, 'failure'],
    [0xffff_ffff, 'payload'],
    [5, 'payload'],
    [9, 'payload'],
  ]);
});

test('GTW-11: beyond the bound of requests at once the answer says so, and the rest go on', async () => {
  const { greeted, answers } = waitingWorld();
  const { link, connection } = await greeted();
  const bound = limits.maxRequestsInFlightPerConnection;
  for (let id = 1; id <= bound + 3; id += 1) connection.receive(requestBytes(id, GET_INFO));
  await settle();
  const refused = responses(link.take());
  assert.deepEqual(
    refused.map(({ id }) => id),
    [bound + 1, bound + 2, bound + 3],
  );
  for (const { outcome } of refused) {
    assert.equal(outcome.case === 'failure' && outcome.value.code, 'limit_reached');
  }
  answers[0]?.();
  await settle();
  connection.receive(requestBytes(1_000, GET_INFO));
  await settle();
  const answered = responses(link.take());
  assert.deepEqual(
    answered.map(({ id, outcome }) => [id, outcome.case]),
    [[1, 'payload']],
    'an answer makes room',
  );
});

test('GTW-13: a drain answers what is under way, refuses what is new, and says when to come back', async () => {
  const { runtime, connections, greeted, open, answers, seen } = waitingWorld();
  const busy = await greeted();
  const idle = await greeted();
  busy.connection.receive(requestBytes(1, GET_INFO));
  await settle();
  const reason = new DependencyError('draining', 'restarting', { retryAfterMs: 500 });
  let drained = false;
  const done = connections.drain(reason, 5_000).then(() => {
    drained = true;
  });
  const goodbye = idle.link.frames().at(-1);
  assert.equal(goodbye?.case === 'goodbye' && goodbye.value.failure?.retryAfterMs, 500);
  busy.connection.receive(requestBytes(2, GET_INFO));
  await runtime.advance(1_000);
  assert.equal(seen.length, 1);
  assert.equal(drained, false);
  assert.equal(busy.link.closedBecause, undefined);
  assert.throws(() => open(), { code: 'draining' });
  answers[0]?.();
  await runtime.advance(50);
  await done;
  const frames = busy.link.frames();
  assert.deepEqual(
    responses(frames).map(({ id, outcome }) => [id, outcome.case]),
    [
      [2, 'failure'],
      [1, 'payload'],
    ],
  );
  assert.equal(goodbyeCode(frames), 'draining');
});

test('GTW-13: a drain does not wait for ever', async () => {
  const { runtime, connections, greeted } = waitingWorld();
  const { link, connection } = await greeted();
  connection.receive(requestBytes(1, GET_INFO));
  await settle();
  const done = connections.drain(new DependencyError('draining', 'restarting'), 5_000);
  await runtime.advance(5_100);
  await done;
  assert.equal(goodbyeCode(link.frames()), 'draining');
});

test('GTW-18: a client that takes no answers is not read from until it does', async () => {
  const { greeted } = plainWorld();
  const { link, connection } = await greeted();
  link.stuck = true;
  link.backlogBytes = limits.maxConnectionBacklogBytes;
  connection.receive(requestBytes(1, GET_INFO));
  await settle();
  assert.equal(link.paused, true);
  assert.deepEqual(
    responses(link.frames()).map(({ id }) => id),
    [1],
    'its answer is not dropped',
  );
  link.backlogBytes = 0;
  connection.drained();
  assert.equal(link.paused, false);
});

test('GTW-25: a client that takes no answers has only so many reads made for it', async () => {
  const { greeted, seen, answers } = waitingWorld();
  const { link, connection } = await greeted();
  const asked = limits.maxRequestsInFlightPerConnection;
  const atOnce = 1;
  for (let id = 1; id <= asked; id += 1) connection.receive(requestBytes(id, GET_INFO));
  await settle();
  assert.equal(seen.length, atOnce);

  link.stuck = true;
  link.backlogBytes = limits.maxConnectionBacklogBytes;
  for (const answer of answers.splice(0)) answer();
  await settle();
  assert.equal(seen.length, atOnce, 'no other begins before these are taken');
  assert.equal(responses(link.frames()).length, atOnce);

  link.backlogBytes = 0;
  connection.drained();
  while (responses(link.frames()).length < asked) {
    await settle();
    assert.ok(answers.length > 0 && answers.length <= atOnce, `${answers.length} are under way`);
    for (const answer of answers.splice(0)) answer();
    await settle();
  }
  assert.equal(seen.length, asked);
});

test('GTW-25: reads that wait are not made for a client that left', async () => {
  const { greeted, seen, answers } = waitingWorld();
  const { connection } = await greeted();
  for (let id = 1; id <= 20; id += 1) connection.receive(requestBytes(id, GET_INFO));
  await settle();
  connection.closed();
  for (const answer of answers.splice(0)) answer();
  await settle();
  assert.equal(seen.length, 1);
});

test('GTW-28: requests under way that are too large together stop the reading, until they are answered', async () => {
  const { greeted, answers, held } = waitingWorld();
  const { link, connection } = await greeted();
  const payload = new Uint8Array(1_000_000);
  connection.receive(requestBytes(1, GET_INFO, payload));
  connection.receive(requestBytes(2, GET_INFO, payload));
  assert.equal(link.paused, false);
  connection.receive(requestBytes(3, GET_INFO, payload));
  assert.equal(link.paused, true, `more than ${limits.maxRequestBytesInFlight} bytes`);
  assert.equal(held.total, 3_000_000);
  await settle();
  assert.equal(answers.length, 0, 'too large for the method: refused, and counted no longer');
  assert.equal(link.paused, false);
  assert.ok(held.total < 10_000, `${held.total} bytes of refusals`);
});

test('GTW-29: answers that are not taken are counted, and no longer when they are', async () => {
  const { greeted, answers, held } = waitingWorld();
  const { link, connection } = await greeted();
  link.stuck = true;
  link.backlogBytes = 1;
  connection.receive(requestBytes(1, GET_INFO));
  await settle();
  answers[0]?.();
  await settle();
  assert.ok(held.total > 0);
  link.backlogBytes = 0;
  connection.drained();
  assert.equal(held.total, 0);
  connection.closed();
  assert.equal(held.total, 0);
});

test('a device that is signed out is told why, its other devices stay', async () => {
  const { bus, greeted } = plainWorld();
  const mine = await greeted();
  const other = await greeted();
  mine.connection.signIn(someDevice);
  other.connection.signIn({
    ...someDevice,
    deviceId: someDevice.deviceId.replace('c', 'e') as typeof someDevice.deviceId,
  });
  const message = {
    kind: 'sign-out',
    deviceId: someDevice.deviceId,
    code: 'device_revoked',
    message: 'revoked',
  } as const;
  bus.publish(accountTopic(someAccount), message);
  assert.equal(goodbyeCode(mine.link.frames()), 'device_revoked');
  assert.equal(other.link.closedBecause, undefined);
  bus.publish(accountTopic(someAccount), { ...message, deviceId: null, code: 'suspended' });
  assert.equal(goodbyeCode(other.link.frames()), 'suspended');
});

test('an address holds a bounded number of connections and gives them back', () => {
  const { connections, open } = plainWorld();
  const held = Array.from({ length: MAX_PER_ADDRESS }, () => open('192.0.2.5'));
  assert.throws(() => open('192.0.2.5'), { code: 'unavailable' });
  open('192.0.2.6');
  const [first] = held;
  assert.ok(first);
  connections.remove(first.connection);
  connections.remove(first.connection);
  open('192.0.2.5');
  assert.throws(() => open('192.0.2.5'), { code: 'unavailable' });
});
