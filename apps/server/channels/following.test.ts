import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { limits } from '@heliogram/protocol';
import type { Caller } from '../gateway/service.ts';
import { codeOf, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

const byId = (id: string) => ({ ref: { case: 'conversationId', value: id } }) as const;

async function exactCount(id: string): Promise<number> {
  const row = await world.storage.db
    .selectFrom('channels')
    .select('subscribers')
    .where('conversation', '=', await world.row(id))
    .executeTakeFirstOrThrow();
  return row.subscribers;
}

async function chats(caller: Caller): Promise<readonly string[]> {
  const { conversations } = await world.log('listConversations', caller, {});
  return conversations.map(({ conversationId, role }) => `${conversationId} ${role}`);
}

test('CHN-1: a listed channel is found by its username, an unlisted one has an invite instead', async () => {
  const owner = await world.account();
  const { id } = await world.channel(owner, { username: 'sunlight' });
  const { channel } = await world.call('getChannel', await world.account(), {
    ref: { case: 'username', value: '@Sunlight' },
  });
  assert.equal(channel?.conversationId, id);
  assert.equal(channel?.role, 'none');
  const hidden = await world.channel(owner, { settings: { unlisted: true } });
  assert.match(hidden.token, /^[\w-]{27}$/);
  const both = world.channel(owner, { username: 'shade', settings: { unlisted: true } });
  assert.equal(await codeOf(both), 'invalid_argument');
});

test('CHN-1: titles and descriptions are printable and bounded in characters', async () => {
  const owner = await world.account();
  const titled = (title: string) => codeOf(world.channel(owner, { title }));
  assert.equal(await titled('\u{1f31e}'.repeat(128)), 'ok');
  assert.equal(await titled('\u{1f31e}'.repeat(129)), 'too_large');
  for (const title of ['  ', 'two\nlines', 'turned \u202e round', '\u200b']) {
    assert.equal(await titled(title), 'invalid_argument', JSON.stringify(title));
  }
});

test('CHN-5: following is idempotent and leaving forgets', async () => {
  const owner = await world.account();
  const reader = await world.account();
  const { id } = await world.channel(owner);
  await world.post(owner, id);
  const first = await world.call('follow', reader, byId(id));
  await world.call('follow', reader, byId(id));
  assert.equal(first.channel?.role, 'subscriber');
  assert.equal(first.channel?.unread, 0, 'what was there before is not unread');
  assert.equal(await exactCount(id), 1);
  await world.call('setMuted', reader, { conversationId: id, muted: true });
  await world.post(owner, id);
  const following = await world.call('getChannel', reader, byId(id));
  assert.equal(following.channel?.unread, 1);
  assert.equal(following.channel?.muted, true);
  assert.deepEqual(await chats(reader), [`${id} subscriber`]);
  const { conversations } = await world.log('listConversations', reader, {});
  const [listed] = conversations;
  assert.deepEqual([listed?.readSeq, listed?.unread], [following.channel?.readSeq, 1]);
  assert.ok((listed?.readSeq ?? 0) >= 1, 'the list begins to count where one followed');
  await world.acknowledge(reader, id, 2);
  await world.call('leave', reader, { conversationId: id });
  await world.call('leave', reader, { conversationId: id });
  assert.equal(await exactCount(id), 0);
  assert.deepEqual(await chats(reader), []);
  const left = await world.call('getChannel', reader, byId(id));
  assert.equal(left.channel?.muted, false);
});

test('CHN-5: the owner never counts and cannot leave', async () => {
  const owner = await world.account();
  const { id } = await world.channel(owner);
  const { channel } = await world.call('follow', owner, byId(id));
  assert.equal(channel?.role, 'owner');
  assert.equal(await exactCount(id), 0);
  assert.equal(await codeOf(world.call('leave', owner, { conversationId: id })), 'conflict');
});

test('CHN-5: an admin counts once it follows, and stays admin', async () => {
  const owner = await world.account();
  const admin = await world.account();
  const { id } = await world.channel(owner, { settings: { unlisted: true } });
  const named = { conversationId: id, accountId: admin.accountId };
  await world.call('setAdmin', owner, { ...named, rights: { post: true } });
  assert.equal(await exactCount(id), 0);
  const { channel } = await world.call('follow', admin, byId(id));
  assert.equal(channel?.role, 'admin');
  assert.equal(await exactCount(id), 1);
  await world.call('removeAdmin', owner, named);
  assert.equal(await exactCount(id), 1);
  assert.deepEqual(await chats(admin), [`${id} subscriber`]);
});

test('CHN-5: an account follows a bounded number of channels', async () => {
  const owner = await world.account();
  const reader = await world.account();
  const { id } = await world.channel(owner);
  const memberships = Array.from({ length: limits.maxFollowedChannels }, (_, index) => ({
    conversation: 1_000_000 + index,
    account: reader.account,
    role: 1,
    rights: 0,
    follows: 1,
    muted: 0,
    from_seq: 0,
    joined_at: 0,
  }));
  for (let start = 0; start < memberships.length; start += 1_000) {
    const values = memberships.slice(start, start + 1_000);
    await world.storage.db.insertInto('memberships').values(values).execute();
  }
  assert.equal(await codeOf(world.call('follow', reader, byId(id))), 'limit_reached');
});
