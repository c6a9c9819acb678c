import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { limits } from '@heliogram/protocol';
import { countersTopic } from '../bus/port.ts';
import type { DeviceCaller } from '../gateway/service.ts';
import { newAppendId } from './append-ids.ts';
import { requireEmoji } from './emoji.ts';
import { codeOf, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

async function posted(settings = {}) {
  const owner = await world.account();
  const { id } = await world.channel(owner, { settings });
  const seq = await world.post(owner, id);
  const react = (caller: DeviceCaller, emoji: string) =>
    world.call('react', caller, { conversationId: id, seq, emoji });
  return { owner, id, seq, react };
}

async function stored(id: string): Promise<number> {
  const rows = await world.storage.db
    .selectFrom('reactions')
    .select('account')
    .where('conversation', '=', await world.row(id))
    .execute();
  return rows.length;
}

test('CHN-19: one reaction an account and post, in its newest form, shown as counts', async () => {
  const { owner, react } = await posted();
  const reader = await world.account();
  const shown = async (caller: DeviceCaller, emoji: string) =>
    (await react(caller, emoji)).counters?.reactions.map(({ emoji, count }) => `${emoji} ${count}`);
  assert.deepEqual(await shown(reader, '🌞'), ['🌞 1']);
  assert.deepEqual(await shown(reader, '🌞'), ['🌞 1']);
  assert.deepEqual(await shown(owner, '🌞'), ['🌞 2']);
  assert.deepEqual(await shown(reader, '🔥'), ['🌞 1', '🔥 1']);
  assert.deepEqual(await shown(reader, ''), ['🌞 1']);
  assert.deepEqual(await shown(reader, ''), ['🌞 1']);
});

test('CHN-19: a reaction is one emoji and nothing else', () => {
  const emoji = ['🌞', '❤️', '👍🏽', '🇨🇭', '👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '✔️'];
  for (const text of emoji) assert.equal(requireEmoji(text), text);
  for (const text of ['❤', '❤︎', '❤️']) assert.equal(requireEmoji(text), '❤️', 'CNT-22');
  const others = ['a', '1', '🌞🌞', '🌞a', ' 🌞', '️', '‍', 'é', '🌞́', '🇨', '👍🏽🏽🏽🏽🏽a', '<b>'];
  for (const text of others) {
    assert.throws(() => requireEmoji(text), { code: 'invalid_argument' }, JSON.stringify(text));
  }
});

test('CHN-19: where the channel wants none, or there is no post, none is taken', async () => {
  const forbidding = await posted({ forbidReactions: true });
  const reader = await world.account();
  assert.equal(await codeOf(forbidding.react(reader, '🌞')), 'forbidden');
  assert.equal(await codeOf(forbidding.react(reader, '')), 'ok', 'taking back is always allowed');
  const { id } = await posted();
  const missing = world.call('react', reader, { conversationId: id, seq: 9, emoji: '🌞' });
  assert.equal(await codeOf(missing), 'not_found');
});

test('CHN-19: kinds of reactions on a post are bounded', async () => {
  const { react } = await posted();
  for (let kind = 0; kind < limits.maxReactionKinds; kind += 1) {
    await react(await world.account(), String.fromCodePoint(0x1f600 + kind));
  }
  const late = await world.account();
  assert.equal(await codeOf(react(late, '🌞')), 'limit_reached');
  assert.equal(await codeOf(react(late, '\u{1f600}')), 'ok');
});

test('CHN-19: reactions go with their post, and with their account', async () => {
  const { owner, id, seq, react } = await posted();
  const leaving = await world.account();
  await react(leaving, '🌞');
  await react(owner, '🌞');
  await world.channels.eraseAccount(leaving.account);
  assert.equal(await stored(id), 1);
  const { counters } = await react(owner, '🌞');
  assert.deepEqual(
    counters?.reactions.map(({ count }) => count),
    [1],
  );
  await world.log('redact', owner, {
    conversationId: id,
    seq,
    appendId: newAppendId(world.runtime),
  });
  await world.settle();
  assert.equal(await stored(id), 0);
});

test('CHN-33: an account learns its own reactions, of the posts asked, and no other’s', async () => {
  const { owner, id, seq, react } = await posted();
  const second = await world.post(owner, id);
  const reader = await world.account();
  await react(reader, '🌞');
  await react(owner, '🔥');
  await world.call('react', owner, { conversationId: id, seq: second, emoji: '👍' });
  const own = async (caller: DeviceCaller, seqs: number[]) => {
    const { reactions } = await world.call('getOwnReactions', caller, { conversationId: id, seqs });
    return reactions.map(({ seq, emoji }) => `${seq} ${emoji}`);
  };
  assert.deepEqual(await own(reader, [second, seq]), [`${seq} 🌞`]);
  assert.deepEqual(await own(owner, [second, seq, seq]), [`${seq} 🔥`, `${second} 👍`]);
  assert.deepEqual(await own(owner, [second]), [`${second} 👍`]);
  assert.deepEqual(await own(owner, []), []);
  assert.deepEqual(await own(await world.account(), [seq, second]), []);
  await react(reader, '');
  assert.deepEqual(await own(reader, [seq]), []);
  assert.equal(
    await codeOf(
      own(
        owner,
        Array.from({ length: 501 }, (_, at) => at),
      ),
    ),
    'too_large',
  );
});

test('CHN-33: own reactions in a channel that one may not read are not told', async () => {
  const owner = await world.account();
  const { id, token } = await world.channel(owner, { settings: { unlisted: true } });
  const seq = await world.post(owner, id);
  const guest = await world.account();
  await world.call('follow', guest, { ref: { case: 'inviteToken', value: token } });
  await world.call('react', guest, { conversationId: id, seq, emoji: '🌞' });
  await world.call('leave', guest, { conversationId: id });
  const asked = world.call('getOwnReactions', guest, { conversationId: id, seqs: [seq] });
  assert.equal(await codeOf(asked), 'not_found');
});

test('CHN-30: changed counters are pushed at most every two seconds, together', async () => {
  const { id, seq, react } = await posted();
  const pushes: number[] = [];
  world.rooms.bus.subscribe(countersTopic(id), () => pushes.push(world.runtime.now()));
  const begin = world.runtime.now();
  for (let readers = 0; readers < 5; readers += 1) await react(await world.account(), '🌞');
  await world.acknowledge(await world.account(), id, seq);
  await world.advance(2_000);
  assert.equal(pushes.length, 1);
  assert.ok((pushes[0] ?? 0) - begin >= 2_000);
});
