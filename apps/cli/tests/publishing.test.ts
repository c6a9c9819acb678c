import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { kill, lineReader, World } from './harness.ts';

const world = new World();
before(async () => {
  await world.start();
  await world.signUp('ann');
});
after(() => world.close());

let channels = 0;
async function newChannel(): Promise<string> {
  channels++;
  const made = await world.ask('ann', 'channel', 'create', '--title', `Channel ${channels}`);
  return String(made['conversationId']);
}

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}`);

async function texts(chat: string): Promise<unknown[]> {
  const read = ['read', chat, '--after', '0', '--limit', '10000', '--json'];
  return (await world.run('ann', read)).json.map(({ text }) => text);
}

test('CLI-5: every line of stdin is a post, told in the order of the input', async () => {
  const chat = await newChannel();
  const input = `${lines(1, 300).join('\n')}\n\n\nwindows line\r\nlast without end`;
  const { status, json } = await world.run('ann', ['post', chat, '--stdin', '--json'], input);
  assert.equal(status, 0);
  const expected = [...lines(1, 300), 'windows line', 'last without end'];
  assert.deepEqual(
    json.map(({ seq }) => seq),
    expected.map((_, i) => i + 1),
  );
  assert.deepEqual(await texts(chat), expected);
});

test('CLI-5: a line that cannot be a post is told on stderr and left out', async () => {
  const chat = await newChannel();
  const input = `one\n${'x'.repeat(40_000)}\nthree\n`;
  const { status, json, stderr } = await world.run(
    'ann',
    ['post', chat, '--stdin', '--json'],
    input,
  );
  assert.equal(status, 1);
  assert.equal(json.length, 2);
  const { error } = JSON.parse(stderr);
  assert.deepEqual([error.code, error.line], ['too_large', 2]);
  assert.deepEqual(await texts(chat), ['one', 'three']);
});

test('CLI-5: bytes that are no text end it, and nothing of them is posted', async () => {
  const chat = await newChannel();
  const child = world.follow('ann', 'post', chat, '--stdin', '--json');
  child.stdin.end(Buffer.from([0x6f, 0x6b, 0x0a, 0xff, 0xfe, 0x0a]));
  const [status] = await once(child, 'close');
  assert.equal(status, 1);
  assert.deepEqual(
    (await texts(chat)).filter((text) => text !== 'ok'),
    [],
  );
});

test('CLI-9: a publisher that is killed and fed again from the first unacknowledged line posts each line once', async () => {
  const chat = await newChannel();
  const all = lines(1, 900);
  let told = 0;
  for (let round = 0; told < all.length && round < 30; round++) {
    const child = world.follow('ann', 'post', chat, '--stdin', '--json');
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${all.slice(told).join('\n')}\n`);
    const before = told;
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (round < 6 && output.split('\n').length > 40 * (round + 1)) child.kill('SIGKILL');
    });
    await once(child, 'close');
    told = before + output.split('\n').filter((line) => line.endsWith('}')).length;
  }
  assert.equal(told, all.length);
  assert.deepEqual(await texts(chat), all);
});

test('CLI-9: what a killed publisher took in is sent by the next command', async () => {
  const chat = await newChannel();
  const server = world.server;
  assert.ok(server);
  const child = world.follow('ann', 'post', chat, '--stdin', '--json');
  const told = lineReader(child);
  child.stdin.write('first\n');
  await told.next();
  await kill(server.child);
  child.stdin.write(`${lines(1, 5).join('\n')}\n`);
  // Long enough to be on disk; nobody can acknowledge it.
  await sleep(1_000);
  await kill(child);
  await world.start(server.port);
  await world.run('ann', ['chats', '--json']);
  assert.deepEqual(await texts(chat), ['first', ...lines(1, 5)]);
});

test('CLI-10: a server that is killed loses nothing acknowledged, and the publisher and the reader resume', async () => {
  const chat = await newChannel();
  const tail = world.follow('ann', 'tail', chat, '--json');
  const seen = lineReader(tail);
  await seen.next();
  const publisher = world.follow('ann', 'post', chat, '--stdin', '--json');
  const told = lineReader(publisher);
  const all = lines(1, 400);
  const ended = once(publisher, 'close');
  for (let i = 0; i < 4; i++) {
    const part = all.slice(i * 100, i * 100 + 100);
    publisher.stdin.write(`${part.join('\n')}\n`);
    const server = world.server;
    assert.ok(server);
    if (i % 2 === 0) await told.next();
    else {
      await kill(server.child);
      await world.start(server.port);
    }
  }
  publisher.stdin.end();
  const [status] = await ended;
  assert.equal(status, 0);
  assert.deepEqual(await texts(chat), all);
  const received: string[] = [];
  while (received.length < all.length) received.push(JSON.parse(await seen.next()).text);
  assert.deepEqual(received, all);
});

test('CLI-8: two processes of one profile post side by side, each in its order', async () => {
  const chat = await newChannel();
  const of = (name: string) => lines(1, 120).map((line) => `${name} ${line}`);
  const results = await Promise.all(
    ['a', 'b'].map((name) =>
      world.run('ann', ['post', chat, '--stdin', '--json'], of(name).join('\n')),
    ),
  );
  assert.deepEqual(
    results.map(({ status, json }) => [status, json.length]),
    [
      [0, 120],
      [0, 120],
    ],
  );
  const posted = await texts(chat);
  for (const name of ['a', 'b']) {
    assert.deepEqual(
      posted.filter((text) => String(text).startsWith(name)),
      of(name),
    );
  }
});

test('CLI-5: an interrupted publisher says so', async () => {
  const chat = await newChannel();
  const child = world.follow('ann', 'post', chat, '--stdin', '--json');
  child.stdin.write('first\n');
  await lineReader(child).next();
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  child.kill('SIGTERM');
  const [status] = await once(child, 'close');
  assert.equal(status, 1);
  assert.equal(JSON.parse(stderr).error.code, 'interrupted');
});
