import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from './harness.ts';

const world = new World();
before(async () => {
  await world.start();
  await world.signUp('ann');
  await world.ask('ann', 'channel', 'create', '--title', 'Talk', '--username', 'talk_here');
});
after(() => world.close());

const chat = '@talk_here';

test('CHN-14: a reply is posted, edited and shown with the number of what it answers', async () => {
  await world.ask('ann', 'post', chat, 'question');
  const reply = await world.ask('ann', 'post', chat, 'answer', '--reply', '1');
  assert.equal(reply['seq'], 2);
  await world.ask('ann', 'edit', chat, '1', 'better question');
  await world.ask('ann', 'edit', chat, '2', 'better answer');
  const { stdout } = await world.run('ann', ['read', chat]);
  assert.match(stdout, /\nIn reply to 1\nbetter answer\n/);
  const { stdout: alone } = await world.run('ann', ['read', chat, '--after', '1']);
  assert.match(alone, /\nIn reply to 1\nbetter answer\n/);
});

test('CHN-14: what is no post that stands is not answered', async () => {
  await world.ask('ann', 'post', chat, 'soon gone');
  await world.ask('ann', 'delete', chat, '5');
  assert.equal(await world.refusal('ann', 'post', chat, 'x', '--reply', '5'), '1 gone');
  assert.equal(await world.refusal('ann', 'post', chat, 'x', '--reply', '99'), '1 not_found');
  assert.equal(await world.refusal('ann', 'post', chat, 'x', '--reply', '0'), '2 usage');
  const scheduled = ['--at', '2999-01-01T00:00:00Z', '--reply', '1'];
  assert.equal(await world.refusal('ann', 'post', chat, 'x', ...scheduled), '2 usage');
});
