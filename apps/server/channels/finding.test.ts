import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversationTopic } from '../bus/port.ts';
import type { Caller } from '../gateway/service.ts';
import { newAppendId } from './append-ids.ts';
import { anonymous, codeOf, World } from './tests/world.ts';

test('CHN-26: the directory is listed channels, by the count that everybody sees, in pages', async () => {
  const world = new World();
  await world.channels.start();
  const owner = await world.account();
  const ids: string[] = [];
  for (let followers = 0; followers < 3; followers += 1) {
    const { id } = await world.channel(owner);
    ids.push(id);
    for (let count = 0; count < followers; count += 1) {
      const ref = { case: 'conversationId', value: id } as const;
      await world.call('follow', await world.account(), { ref });
    }
  }
  const hidden = await world.channel(owner, { settings: { unlisted: true } });
  const withheld = await world.channel(owner);
  await world.channels.takeDown({ channel: withheld.id, seq: 0, reason: 'spam' });
  const page = async (request: object, caller: Caller = anonymous) => {
    const { channels, more } = await world.call('listDirectory', caller, request);
    return [channels.map(({ conversationId }) => conversationId), more];
  };
  assert.deepEqual(await page({}), [ids, false], 'nothing moves before the minute');
  await world.advance(60_000);
  const [first, second, third] = ids.toReversed();
  assert.deepEqual(await page({}), [[first, second, third], false]);
  assert.deepEqual(await page({ limit: 2 }), [[first, second], true]);
  assert.deepEqual(await page({ limit: 2, offset: 2 }, owner), [[third], false]);
  const rows = await Promise.all([hidden.id, withheld.id, ...ids].map((id) => world.row(id)));
  world.search.directoryHits = rows;
  assert.deepEqual(await page({ query: 'light' }, owner), [ids, false], 'an index may lag');
  await world.close();
});

for (const asks of [true, false]) {
  const index = asks ? 'asks what is readable' : 'trusts the room';
  test(`CHN-27: search finds what the caller may read, with an index that ${index}`, async () => {
    const world = new World();
    world.search.asks = asks;
    const owner = await world.account();
    const member = await world.account();
    const open = await world.channel(owner, { settings: { signPosts: true } });
    const hidden = await world.channel(owner, { settings: { unlisted: true } });
    const withheld = await world.channel(owner);
    const text = 'sunlight words';
    await world.call('follow', member, { ref: { case: 'inviteToken', value: hidden.token } });
    const found = await world.post(owner, open.id, { text, by: owner });
    const deleted = await world.post(owner, open.id, { text, by: owner });
    const taken = await world.post(owner, open.id, { text, by: owner });
    await world.post(owner, hidden.id, { text });
    await world.post(owner, withheld.id, { text });
    const appendId = newAppendId(world.runtime);
    await world.log('redact', owner, { conversationId: open.id, seq: deleted, appendId });
    await world.channels.takeDown({ channel: open.id, seq: taken, reason: 'spam' });
    await world.channels.takeDown({ channel: withheld.id, seq: 0, reason: 'spam' });
    const search = async (caller: Caller, request: object = {}) => {
      const answer = await world.call('searchPosts', caller, { query: 'sunlight', ...request });
      const hits = answer.hits.map(({ conversationId, entry }) => [conversationId, entry?.seq]);
      return { ...answer, hits };
    };
    const stranger = await search(anonymous);
    assert.deepEqual(stranger.hits, [[open.id, found]]);
    assert.deepEqual(
      stranger.authors.map(({ accountId }) => accountId),
      [owner.accountId],
    );
    const inside = [
      [open.id, found],
      [hidden.id, 1],
    ];
    assert.deepEqual((await search(member)).hits, inside);
    const within = { conversationId: hidden.id };
    assert.deepEqual((await search(member, within)).hits, [[hidden.id, 1]]);
    assert.equal(await codeOf(search(anonymous, within)), 'not_found');
    assert.equal(await codeOf(search(owner, { conversationId: withheld.id })), 'taken_down');
    await world.close();
  });
}

test('CHN-4: what is taken down is withheld with its reason, and comes back whole', async () => {
  const world = new World();
  const owner = await world.account();
  const reader = await world.account();
  const { id } = await world.channel(owner, { username: 'sunlight' });
  const ref = { ref: { case: 'conversationId', value: id } } as const;
  await world.call('follow', reader, ref);
  const seq = await world.post(owner, id);
  const ended: string[] = [];
  world.rooms.bus.subscribe(conversationTopic(id), (message) => {
    if (message.kind === 'access-ended') ended.push(message.accountId);
  });
  await world.channels.takeDown({ channel: '@sunlight', seq: 0, reason: 'spam' });
  assert.deepEqual(ended, ['everybody']);
  for (const caller of [anonymous, reader, owner]) {
    const read = world.log('read', caller, { conversationId: id });
    await assert.rejects(read, { code: 'taken_down', message: /spam/ });
  }
  assert.equal(await codeOf(world.call('getChannel', reader, ref)), 'taken_down');
  assert.equal(await codeOf(world.post(owner, id)), 'taken_down');
  assert.equal(await codeOf(world.call('follow', await world.account(), ref)), 'taken_down');
  const { channel } = await world.call('getChannel', owner, ref);
  assert.equal(channel?.takenDownReason, 'spam');
  assert.equal(channel?.title, 'Sunlight');
  assert.equal(channel?.headSeq, 0, 'its face only');
  const chats = async (caller: Caller) =>
    (await world.log('listConversations', caller, {})).conversations.length;
  assert.deepEqual([await chats(owner), await chats(reader)], [1, 0]);
  await world.channels.restore({ channel: id, seq: 0 });
  assert.deepEqual([await chats(owner), await chats(reader)], [1, 1]);
  await world.channels.takeDown({ channel: id, seq, reason: 'rude' });
  const one = async () => {
    const { entries } = await world.log('read', anonymous, { conversationId: id });
    return [entries[0]?.takenDownReason, entries[0]?.payload.length === 0];
  };
  assert.deepEqual(await one(), ['rude', true]);
  assert.equal(await codeOf(world.edit(owner, id, { seq })), 'not_found');
  await world.channels.restore({ channel: id, seq });
  assert.deepEqual(await one(), ['', false]);
  const missing = world.channels.takeDown({ channel: id, seq: 99, reason: 'rude' });
  assert.equal(await codeOf(missing), 'not_found');
  assert.equal(await codeOf(world.channels.restore({ channel: '@nobody', seq: 0 })), 'not_found');
  await world.close();
});

test('CHN-4: a post is withheld with every edit of it, however it is read', async () => {
  const world = new World();
  const owner = await world.account();
  const { id } = await world.channel(owner);
  const seq = await world.post(owner, id);
  const other = await world.post(owner, id);
  await world.edit(owner, id, { seq, text: 'first' });
  await world.edit(owner, id, { seq: other, text: 'other' });
  await world.edit(owner, id, { seq, text: 'second' });
  const shown = async () => {
    const { entries } = await world.log('read', anonymous, { conversationId: id, fromStart: true });
    return entries.filter(({ payload }) => payload.length > 0).map((entry) => entry.seq);
  };
  await world.channels.takeDown({ channel: id, seq, reason: 'rude' });
  assert.deepEqual(await shown(), [other, 4]);
  await world.channels.restore({ channel: id, seq });
  assert.deepEqual(await shown(), [1, 2, 3, 4, 5]);
  await world.close();
});
