import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fromBinary } from '@bufbuild/protobuf';
import { EntryKind, limits, NoteSchema } from '@heliogram/protocol';
import { conversationTopic } from '../bus/port.ts';
import { newAppendId } from './append-ids.ts';
import { anonymous, codeOf, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

async function notes(id: string) {
  const { entries } = await world.log('read', anonymous, { conversationId: id, fromStart: true });
  return entries
    .filter(({ kind }) => kind === EntryKind.NOTE)
    .map(({ payload }) => fromBinary(NoteSchema, payload).what);
}

async function managed() {
  const owner = await world.account();
  const manager = await world.account();
  const { id } = await world.channel(owner);
  const named = { conversationId: id, accountId: manager.accountId };
  await world.call('setAdmin', owner, { ...named, rights: { manage: true } });
  return { owner, manager, id };
}

test('CHN-8: only what is named changes, and a new title is noted in the log', async () => {
  const { manager, id } = await managed();
  const update = (change: object) =>
    world.call('updateChannel', manager, { conversationId: id, ...change });
  const renamed = await update({ title: ' Daylight ' });
  assert.equal(renamed.channel?.title, 'Daylight');
  const lines = await update({ description: 'one\r\ntwo\rthree' });
  assert.equal(lines.channel?.description, 'one\ntwo\nthree');
  const described = await update({ description: 'all day', title: 'Daylight' });
  assert.equal(described.channel?.description, 'all day');
  const set = await update({ settings: { signPosts: true } });
  assert.equal(set.channel?.title, 'Daylight');
  assert.equal(set.channel?.settings?.signPosts, true);
  assert.equal((await update({ title: 'Daylight' })).channel?.settings?.signPosts, true);
  assert.deepEqual(await notes(id), [{ case: 'renamedTo', value: 'Daylight' }]);
});

test('CHN-8: a released username is the owner’s to take back, whoever released it', async () => {
  const { owner, manager, id } = await managed();
  const naming = (username: string) =>
    codeOf(world.call('updateChannel', manager, { conversationId: id, username }));
  assert.equal(await naming('daylight'), 'ok');
  assert.equal(await naming(''), 'ok');
  const stranger = await world.account();
  const taken = () => world.channel(stranger, { username: 'daylight' });
  assert.equal(await codeOf(taken()), 'username_taken');
  const gone = world.call('getChannel', stranger, { ref: { case: 'username', value: 'daylight' } });
  assert.equal(await codeOf(gone), 'not_found');
  assert.equal(await codeOf(world.channel(owner, { username: 'daylight' })), 'ok');
  await world.advance(limits.usernameQuarantineDays * 86_400_000);
  assert.equal(await codeOf(taken()), 'username_taken', 'held again');
});

test('CHN-8: a refused change changes nothing', async () => {
  const { manager, id } = await managed();
  const update = (change: object) =>
    codeOf(world.call('updateChannel', manager, { conversationId: id, ...change }));
  const hidden = { settings: { unlisted: true } };
  assert.equal(await update({ ...hidden, username: 'hidden_light' }), 'invalid_argument');
  assert.equal(await update({ username: 'sunrise', title: '' }), 'invalid_argument');
  const blank = [
    '\u3164',
    '\u2800',
    '\u115f',
    '\uffa0',
    'a\u200b',
    `a${'\u0301'.repeat(100)}`,
    'a\nb',
  ];
  for (const title of blank) assert.equal(await update({ title }), 'invalid_argument', title);
  const { channel } = await world.call('getChannel', manager, {
    ref: { case: 'conversationId', value: id },
  });
  assert.equal(channel?.username, '');
  assert.equal(channel?.settings?.unlisted, false);
});

test('CHN-3: whoever is outside when a channel is hidden stays outside, live readers too', async () => {
  const { owner, id } = await managed();
  const ended: unknown[] = [];
  world.rooms.bus.subscribe(conversationTopic(id), (message) => {
    if (message.kind === 'access-ended') ended.push(message.accountId);
  });
  await world.call('updateChannel', owner, { conversationId: id, settings: { unlisted: true } });
  assert.deepEqual(ended, ['everybody']);
  assert.equal(await codeOf(world.log('read', anonymous, { conversationId: id })), 'not_found');
});

test('CHN-18: pins are noted, in order, bounded, and go with their post', async () => {
  const { owner, id } = await managed();
  const pin = (seq: number, pinned = true) =>
    world.call('setPinned', owner, { conversationId: id, seq, pinned });
  const pinned = async () => {
    const ref = { ref: { case: 'conversationId', value: id } } as const;
    return (await world.call('getChannel', anonymous, ref)).channel?.pinnedSeqs;
  };
  const first = await world.post(owner, id);
  const second = await world.post(owner, id);
  await pin(first);
  await pin(first);
  await world.advance(1);
  await pin(second);
  assert.deepEqual(await pinned(), [second, first]);
  await pin(first, false);
  await pin(first, false);
  assert.deepEqual(await notes(id), [
    { case: 'pinnedSeq', value: first },
    { case: 'pinnedSeq', value: second },
    { case: 'unpinnedSeq', value: first },
  ]);
  assert.equal(await codeOf(pin(99)), 'not_found');
  const note = (await world.log('read', owner, { conversationId: id })).headSeq;
  assert.equal(await codeOf(pin(note)), 'not_found', 'a note is no post');
  const appendId = newAppendId(world.runtime);
  await world.log('redact', owner, { conversationId: id, seq: second, appendId });
  await world.settle();
  assert.deepEqual(await pinned(), []);
  const conversation = await world.row(id);
  const many = Array.from({ length: limits.maxPins }, (_, seq) => ({
    conversation,
    seq: 1_000 + seq,
    pinned_at: 0,
  }));
  await world.storage.db.insertInto('pins').values(many).execute();
  assert.equal(await codeOf(pin(first)), 'limit_reached');
});

test('CHN-8: an avatar is a picture of whoever sets it', async () => {
  const { owner, manager, id } = await managed();
  const mediaId = 'ab'.repeat(16);
  world.media.files.set('hash', { mediaId, account: manager.account });
  const set = (caller: typeof owner, avatarMediaId: string) =>
    codeOf(world.call('updateChannel', caller, { conversationId: id, avatarMediaId }));
  assert.equal(await set(owner, mediaId), 'not_found');
  assert.equal(await set(manager, mediaId), 'ok');
  const use = `${await world.row(id)}/0/${mediaId}`;
  assert.ok(world.media.uses.has(use));
  assert.equal(await set(owner, ''), 'ok');
  assert.ok(!world.media.uses.has(use));
});
