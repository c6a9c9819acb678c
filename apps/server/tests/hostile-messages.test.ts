import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DescMessage,
  type DescMethod,
  type DescService,
  toBinary,
  toJson,
} from '@bufbuild/protobuf';
import {
  AccountsService,
  AdminService,
  Auth,
  ChannelsService,
  ClientFrameSchema,
  LogService,
  limits,
  MediaService,
  methodRules,
  ServerService,
} from '@heliogram/protocol';
import { SeededRandom } from '@heliogram/testing';
import { fixedNumber } from './environment.ts';
import { AttackedServer, assertTyped } from './hostile/attacked-server.ts';
import { type Known, mutated, randomMessage } from './hostile/random-messages.ts';
import { RawClient } from './hostile/raw-client.ts';
import { newChannel } from './processes/person.ts';

const seed = fixedNumber('SEED') ?? Math.floor(Math.random() * 2 ** 31);
const messagesPerMethod = fixedNumber('MESSAGES') ?? 60;

const services: readonly DescService[] = [
  ServerService,
  AccountsService,
  LogService,
  ChannelsService,
  MediaService,
  AdminService,
];
const methods: readonly DescMethod[] = services.flatMap(({ methods }) => methods);
const nameOf = (method: DescMethod): string => `${method.parent.typeName}/${method.name}`;

test(`SIM-5: every method answers whatever it is asked, typed (seed ${seed})`, async (t) => {
  const attacked = await AttackedServer.start('canary_messages');
  try {
    const known = await knownTo(attacked);
    const tally = new Map<string, number>();
    for (const method of methods) {
      const random = new SeededRandom(seed, nameOf(method));
      const callers = [await attacked.signedIn(), await RawClient.greet(attacked.port)];
      for (let i = 0; i < messagesPerMethod; i += 10) {
        const verdicts = Array.from({ length: 10 }, () => {
          const bytes = encodable(random, method, known);
          const payload = random.chance(0.3) ? mutated(random, bytes) : bytes;
          return random.pick(callers).call(nameOf(method), payload);
        });
        for (const { code } of await Promise.all(verdicts)) {
          tally.set(code, (tally.get(code) ?? 0) + 1);
          if (code === 'ok') assertMayAnswer(method);
          else if (code !== 'closed') assertTyped(code, `SEED=${seed} ${nameOf(method)}`);
        }
        for (const [j, caller] of callers.entries()) {
          if (caller.isOpen) continue;
          await assertTypedEnd(caller, nameOf(method));
          callers[j] = j === 0 ? await attacked.signedIn() : await RawClient.greet(attacked.port);
        }
      }
      for (const caller of callers) caller.close();
    }
    t.diagnostic(`SEED=${seed}: ${[...tally].map(([code, n]) => `${code} ${n}`).join(', ')}`);
    assert.ok((tally.get('ok') ?? 0) > 50, 'hardly anything got past the first check');
  } finally {
    await attacked.judge();
  }
});

test(`SIM-6: the same methods over HTTP, in JSON and in binary (seed ${seed})`, async () => {
  const attacked = await AttackedServer.start('canary_http');
  try {
    const known = await knownTo(attacked);
    for (const method of methods) {
      const random = new SeededRandom(seed, `http ${nameOf(method)}`);
      for (let i = 0; i < messagesPerMethod / 4; i++) {
        const binary = random.chance(0.4);
        const bytes = encodable(random, method, known);
        const body = binary ? mutated(random, bytes) : jsonBody(random, method, known);
        const response = await fetch(`${attacked.server.origin}/${nameOf(method)}`, {
          method: 'POST',
          headers: {
            'content-type': binary ? 'application/proto' : 'application/json',
            ...(random.chance(0.2) && { authorization: random.pick(badTokens) }),
          },
          body,
        });
        const answer = await response.text();
        const what = `SEED=${seed} POST ${nameOf(method)} ${response.status} ${answer.slice(0, 200)}`;
        assert.ok(response.status < 500 || expectedOutages.has(response.status), what);
        const code = response.headers.get('heliogram-error');
        if (code !== null) assertTyped(code, what);
        else if (response.status === 200) assertMayAnswer(method);
      }
    }
  } finally {
    await attacked.judge();
  }
});

test(`SIM-7: frames that are none end their own connection and no other (seed ${seed})`, async () => {
  const attacked = await AttackedServer.start('canary_frames');
  try {
    const random = new SeededRandom(seed, 'frames');
    for (let i = 0; i < messagesPerMethod * 5; i++) {
      const client = await RawClient.greet(attacked.port);
      const frame = randomFrame(random);
      for (let j = random.int(1, 3); j > 0; j--) {
        client.socket.send(
          random.chance(0.3) ? random.bytes(random.int(0, 400)) : mutated(random, frame),
        );
      }
      // Answered after all of it: the connection either lives or has said why it ended.
      const { code } = await client.call(nameOf(ServerService.method.getInfo), new Uint8Array());
      if (code !== 'ok') await assertTypedEnd(client, `SEED=${seed} frame ${i}`);
      client.close();
    }
  } finally {
    await attacked.judge();
  }
});

/** Statuses of errors by dependency, which a client is told to try again. */
const expectedOutages: ReadonlySet<number> = new Set([501, 503, 504]);
const badTokens = [
  'Bearer',
  'Bearer zz',
  `Bearer ${'0'.repeat(64)}`,
  'Basic YTpi',
  'x'.repeat(4_000),
];

/** The operator's methods do not exist for anybody who comes by the network. */
function assertMayAnswer(method: DescMethod): void {
  assert.notEqual(methodRules(method).auth, Auth.OPERATOR, `${nameOf(method)} was answered`);
}

async function assertTypedEnd(client: RawClient, what: string): Promise<void> {
  assertTyped(await client.ended(), `the end after ${what}`);
}

async function knownTo({ attacker, canary, port }: AttackedServer): Promise<Known> {
  const own = await newChannel(attacker, 'attackers_own');
  const [outgoing] = await attacker.client.posts.send({ conversationId: own }, [{ text: 'bait' }]);
  await outgoing?.posted;
  const { keys } = attacker;
  const client = await RawClient.greet(port);
  const { payload } = await client.call(
    nameOf(AccountsService.method.getChallenge),
    new Uint8Array(),
  );
  client.close();
  const { payload: content } = attacker.client.posts.compose(
    { conversationId: own },
    { text: 'x' },
  );
  return {
    strings: [
      own,
      own,
      canary.conversationId,
      keys.accountId,
      keys.deviceId,
      'attackers_own',
      '👍',
    ],
    bytes: [payload.subarray(2, 82), content, content, new Uint8Array(16), new Uint8Array(64)],
  };
}

/** Encoded; a message that cannot be is replaced by an empty one. */
function encodable(random: SeededRandom, method: DescMethod, known: Known): Uint8Array {
  const bytes = toBinary(method.input, randomMessage(random, method.input, known));
  return bytes.byteLength > limits.maxFrameBytes / 2 ? new Uint8Array() : bytes;
}

const wrongJson = [
  '',
  'null',
  '[]',
  '0',
  '"text"',
  '{',
  '{"conversationId":5}',
  '{"conversationId":{"a":[]}}',
  '{"limit":-1}',
  '{"limit":1e400}',
  '{"limit":"many"}',
  '{"seq":4294967296}',
  '{"entries":{}}',
  '{"at":"not a time"}',
  '{"at":"9999-99-99T99:99:99Z"}',
  '{"payload":"*not base64*"}',
  '{"__proto__":{"a":1}}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"rights":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  `{"title":"${'a'.repeat(100_000)}"}`,
];

function jsonBody(random: SeededRandom, method: DescMethod, known: Known): Uint8Array {
  const encoder = new TextEncoder();
  if (random.chance(0.4)) return encoder.encode(random.pick(wrongJson));
  const valid = encoder.encode(validJson(random, method, known));
  return random.chance(0.4) ? mutated(random, valid) : valid;
}

/** Some random messages, such as times beyond the calendar, have no JSON form. */
function validJson(random: SeededRandom, method: DescMethod, known: Known): string {
  try {
    return JSON.stringify(toJson(method.input, randomMessage(random, method.input, known)));
  } catch {
    return '{}';
  }
}

function randomFrame(random: SeededRandom): Uint8Array {
  const schema: DescMessage = ClientFrameSchema;
  const known = { strings: ['heliogram.v1.LogService/Read'], bytes: [new Uint8Array()] };
  return toBinary(schema, randomMessage(random, schema, known));
}
