import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { lineReader, World } from './harness.ts';

const world = new World();
before(async () => {
  await world.start();
  await world.signUp('ann', '--username', 'annie');
  await world.ask('ann', 'channel', 'create', '--title', 'News', '--username', 'the_news');
  await world.ask('ann', 'post', '@the_news', 'something');
});
after(() => world.close());

const data = () => ['--data', join(world.directory, 'data')];
const operator = (...args: string[]) => world.ask('nobody', ...args, ...data());

test('CLI-3: the operator suspends and restores: cut off at once, with the reason', async () => {
  const { accountId } = await world.ask('ann', 'whoami');
  const tail = world.follow('ann', 'tail', '@the_news', '--json');
  await lineReader(tail).next();
  const ended = once(tail, 'close');
  let stderr = '';
  tail.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes.toString();
  });
  assert.deepEqual(await operator('admin', 'suspend', '@annie', '--reason', 'spam, spam'), {
    accountId,
  });
  assert.deepEqual(await ended, [1, null]);
  assert.equal(JSON.parse(stderr).error.code, 'suspended');
  assert.match(stderr, /spam, spam/);
  assert.equal(await world.refusal('ann', 'chats'), '1 suspended');
  assert.deepEqual(await operator('admin', 'restore', '@annie'), { ok: true });
  assert.equal((await world.ask('ann', 'chats'))['title'], 'News');
});

test('CLI-3: the operator takes a post down and puts it back', async () => {
  assert.deepEqual(await operator('admin', 'take-down', '@the_news', '1', '--reason', 'court'), {
    ok: true,
  });
  const down = await world.ask('ann', 'read', '@the_news');
  assert.deepEqual([down['text'], down['takenDown']], ['', 'court']);
  assert.deepEqual(await operator('admin', 'put-back', '@the_news', '1'), { ok: true });
  assert.equal((await world.ask('ann', 'read', '@the_news'))['text'], 'something');
  const log = await world.run('nobody', ['admin', 'log', ...data(), '--json']);
  assert.ok(log.json.length >= 4);
});

test('CLI-3: a backup taken while serving runs as a server of its own', async () => {
  const copy = join(world.directory, 'copy');
  assert.deepEqual(await operator('backup', copy), { ok: true });
  const restored = join(world.directory, 'restored');
  assert.deepEqual(await world.ask('nobody', 'restore', copy, '--data', restored), { ok: true });
  const codes = ['admin', 'invite', '--count', '2', '--data', restored, '--json'];
  const { status, json } = await world.run('nobody', codes);
  assert.equal(status, 0);
  assert.equal(json.length, 2);
});

test('CLI-2: settings of the server are checked before it starts', async () => {
  assert.equal(await world.refusal('nobody', 'serve', '--port', 'many', ...data()), '2 usage');
  const { status, json } = await world.run('nobody', [
    'check-config',
    '--port',
    'x',
    ...data(),
    '--json',
  ]);
  assert.equal(status, 1);
  assert.ok(json.some((line) => typeof line['problem'] === 'string'));
  const taken = await world.refusal('nobody', 'serve', '--port', '0', ...data());
  assert.equal(taken, '1 unavailable');
});

test('CLI-12: `npx heliogram serve` is the server: told to stop, alone or with its group, it drains', {
  timeout: 60_000,
}, async (t) => {
  for (const sign of [1, -1]) {
    const args = ['heliogram', 'serve', '--json', '--port', '0', '--data'];
    const npx = spawn('npx', [...args, join(world.directory, `by npx ${sign}`)], {
      cwd: join(import.meta.dirname, '..', '..', '..'),
      detached: true,
    });
    t.after(() => endGroup(npx));
    let log = '';
    npx.stderr.on('data', (bytes: Buffer) => {
      log += bytes.toString();
    });
    await lineReader(npx).next();
    const exited = once(npx, 'exit');
    const closed = once(npx, 'close');
    process.kill(sign * (npx.pid ?? 0), 'SIGTERM');
    // npm itself ends by a signal that its whole group was sent.
    if (sign === 1) assert.deepEqual(await exited, [0, null]);
    await closed;
    assert.match(log, /"stopped"/);
  }
});

function endGroup({ pid = 0 }: { readonly pid?: number | undefined }): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Ended as it should.
  }
}

test('CLI-3: a lost terminal drains a server, and no signal opens an inspector', async () => {
  const child = world.spawn([
    'serve',
    '--json',
    '--port',
    '0',
    '--data',
    `${world.directory}/other`,
  ]);
  let log = '';
  child.stderr.on('data', (bytes: Buffer) => {
    log += bytes.toString();
  });
  await lineReader(child).next();
  child.kill('SIGUSR1');
  const ended = once(child, 'close');
  child.kill('SIGHUP');
  assert.deepEqual(await ended, [0, null]);
  assert.match(log, /"stopped"/);
  assert.doesNotMatch(log, /[Dd]ebugger/);
});

test('CLI-3: a server that is told to stop drains and ends with status 0', async () => {
  const { server } = world;
  assert.ok(server);
  const ended = once(server.child, 'close');
  server.child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});
