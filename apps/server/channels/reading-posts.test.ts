import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create } from '@bufbuild/protobuf';
import { ChannelSettingsSchema } from '@heliogram/protocol';
import { newAppendId } from './append-ids.ts';
import { anonymous, codeOf, World } from './tests/world.ts';

test('CHN-31: anyone reads a listed channel as plain posts, newest text under the first id', async () => {
  const world = new World();
  const owner = await world.account('Ada');
  const { id } = await world.channel(owner, {
    username: 'plain_words',
    settings: { signPosts: true },
  });
  await world.post(owner, id, { text: 'first <b>words</b>', by: owner });
  const edited = await world.post(owner, id, { text: 'old', by: owner });
  const before = await world.call('readPosts', anonymous, { channel: '@Plain_Words' });
  await world.edit(owner, id, { seq: edited, text: 'new', by: owner });
  const deleted = await world.post(owner, id, { text: 'regret', by: owner });
  const appendId = newAppendId(world.runtime);
  await world.log('redact', owner, { conversationId: id, seq: deleted, appendId });
  const withheld = await world.post(owner, id, { text: 'disputed', by: owner });
  await world.channels.takeDown({ channel: id, seq: withheld, reason: 'spam' });

  const { headSeq, more, posts } = await world.call('readPosts', anonymous, { channel: id });
  assert.deepEqual(
    posts.map(({ seq, text, takenDownReason }) => [seq, text, takenDownReason]),
    [
      [1, 'first <b>words</b>', ''],
      [2, 'new', ''],
      [6, '', 'spam'],
    ],
  );
  assert.equal(posts[1]?.id, before.posts[1]?.id);
  assert.match(posts[1]?.id ?? '', /^01[0-9a-f]{62}$/);
  assert.ok(posts[1]?.editedAt);
  assert.equal(posts[0]?.editedAt, undefined);
  assert.equal(posts[0]?.author?.accountId, owner.accountId);
  assert.deepEqual([headSeq, more], [6, false]);
  await world.close();
});

test('CHN-31: pages go both ways; unsigned posts name nobody; unlisted channels are not there', async () => {
  const world = new World();
  const owner = await world.account();
  const open = await world.channel(owner);
  for (let count = 1; count <= 5; count += 1)
    await world.post(owner, open.id, { text: `post ${count}` });
  const read = async (request: object) => {
    const { more, posts } = await world.call('readPosts', anonymous, {
      channel: open.id,
      ...request,
    });
    assert.ok(posts.every(({ author }) => author === undefined));
    return [posts.map(({ seq }) => seq), more];
  };
  assert.deepEqual(await read({ limit: 2 }), [[4, 5], true]);
  assert.deepEqual(await read({ limit: 2, beforeSeq: 4 }), [[2, 3], true]);
  assert.deepEqual(await read({ limit: 9, afterSeq: 3 }), [[4, 5], false]);
  const hidden = await world.channel(owner, { settings: { unlisted: true } });
  assert.equal(
    await codeOf(world.call('readPosts', anonymous, { channel: hidden.id })),
    'not_found',
  );
  assert.equal(
    await codeOf(world.call('readPosts', anonymous, { channel: 'no' })),
    'username_invalid',
  );
  await world.close();
});

test('CHN-31: an unsigned post names nobody, also beside a signed one of the same author', async () => {
  const world = new World();
  const owner = await world.account('Ada');
  const { id } = await world.channel(owner, { settings: { signPosts: true } });
  await world.post(owner, id, { text: 'signed', by: owner });
  const unsigned = create(ChannelSettingsSchema, { signPosts: false });
  await world.call('updateChannel', owner, { conversationId: id, settings: unsigned });
  await world.post(owner, id, { text: 'unsigned' });
  const { posts } = await world.call('readPosts', anonymous, { channel: id });
  assert.deepEqual(
    posts.map(({ text, author }) => [text, author?.name]),
    [
      ['signed', 'Ada'],
      ['unsigned', undefined],
    ],
  );
  await world.close();
});
