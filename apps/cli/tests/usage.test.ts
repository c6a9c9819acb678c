import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { World } from './harness.ts';

const world = new World();
after(() => world.close());

test('CLI-2: wrong usage has status 2, says so on stderr and nothing on stdout', async () => {
  assert.equal(await world.refusal('x', 'nonsense'), '2 usage');
  assert.equal(await world.refusal('x', 'secret', 'start', '@bob'), '2 usage');
  assert.equal(await world.refusal('x', 'sign-up', '--name', 'x'), '2 usage');
  const human = await world.run('x', ['nonsense']);
  assert.equal(human.status, 2);
  assert.match(human.stderr, /^heliogram: .*nonsense.*\n.*heliogram help/);
});

test('CLI-2: other failures have status 1', async () => {
  assert.equal(await world.refusal('x', 'chats'), '1 unauthenticated');
  const nobody = ['--server', 'http://127.0.0.1:9', '--name', 'x'];
  assert.equal(await world.refusal('x', 'sign-up', ...nobody), '1 unavailable');
});

test('CLI-1: help and version need neither profile nor server', async () => {
  const help = await world.run('x', ['help']);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /channel create/);
  assert.match((await world.run('x', ['post', '--help'])).stdout, /--stdin/);
  assert.match((await world.run('x', ['--version'])).stdout, /^heliogram \d+\.\d+\.\d+\n$/);
});

test('CLI-3: a reader of stdout that leaves early is no failure', async () => {
  const child = world.spawn(['help']);
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const [status] = await once(child, 'close');
  assert.deepEqual([status, stderr], [0, '']);
});
