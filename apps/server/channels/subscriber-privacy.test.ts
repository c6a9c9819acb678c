import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { conversationTopic, countersTopic } from '../bus/port.ts';
import type { Caller, DeviceCaller } from '../gateway/service.ts';
import { newAppendId } from './append-ids.ts';
import { anonymous, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

/** A channel whose followers did everything that followers do. */
async function livedIn(unlisted: boolean) {
  const owner = await world.account();
  const admin = await world.account();
  const { id, token } = await world.channel(owner, { settings: { unlisted } });
  await world.call('setAdmin', owner, {
    conversationId: id,
    accountId: admin.accountId,
    rights: { post: true, edit: true, delete: true, invite: true, manage: true },
  });
  const pushed: string[] = [];
  for (const topic of [conversationTopic(id), countersTopic(id)]) {
    world.rooms.bus.subscribe(topic, (message) => {
      if (message.kind === 'frame') pushed.push(Buffer.from(message.bytes).toString('latin1'));
    });
  }
  const ref = unlisted
    ? ({ case: 'inviteToken', value: token } as const)
    : ({ case: 'conversationId', value: id } as const);
  const seq = await world.post(owner, id, { text: 'words' });
  const approval = await world.call('createInvite', owner, { conversationId: id, approval: true });
  const followers = [await world.account('Ada Quiet'), await world.account('Ben Quiet')];
  for (const follower of followers) {
    await world.call('follow', follower, { ref });
    await world.acknowledge(follower, id, seq);
    await world.call('react', follower, { conversationId: id, seq, emoji: '🌞' });
    await world.call('setMuted', follower, { conversationId: id, muted: true });
  }
  const approved = await world.account('Cyd Quiet');
  if (unlisted) {
    const value = approval.invite?.token ?? '';
    await world.call('follow', approved, { ref: { case: 'inviteToken', value } });
    await world.call('decideJoinRequest', owner, {
      conversationId: id,
      accountId: approved.accountId,
      accept: true,
    });
    followers.push(approved);
  }
  const left = await world.account('Dee Quiet');
  await world.call('follow', left, { ref });
  await world.call('leave', left, { conversationId: id });
  await world.advance(120_000);
  return { owner, admin, id, token, seq, followers: [...followers, left], pushed };
}

type Lived = Awaited<ReturnType<typeof livedIn>>;

/** Every call of both services, as whatever caller; what is refused is told too. */
async function everythingSaid(lived: Lived, caller: Caller): Promise<string> {
  const { id, token, seq, followers, owner } = lived;
  const conversationId = id;
  const byId = { ref: { case: 'conversationId', value: id } } as const;
  const accountId = followers[0]?.accountId ?? '';
  const entry = { appendId: newAppendId(world.runtime), payload: world.payload(id, {}) };
  const at = timestampFromMs(world.runtime.now() + 3_600_000);
  const calls: readonly (() => Promise<unknown>)[] = [
    () => world.call('createChannel', caller, { title: 'Other' }),
    () => world.call('getChannel', caller, byId),
    () => world.call('readPosts', caller, { channel: conversationId }),
    () => world.call('updateChannel', caller, { conversationId, description: 'said' }),
    () => world.call('previewInvite', caller, { inviteToken: token }),
    () => world.call('createInvite', caller, { conversationId }),
    () => world.call('listInvites', caller, { conversationId }),
    () => world.call('revokeInvite', caller, { conversationId, inviteId: '0'.repeat(32) }),
    () => world.call('listJoinRequests', caller, { conversationId }),
    () => world.call('decideJoinRequest', caller, { conversationId, accountId, accept: true }),
    () => world.call('listAdmins', caller, { conversationId }),
    () => world.call('setAdmin', caller, { conversationId, accountId, rights: {} }),
    () => world.call('removeAdmin', caller, { conversationId, accountId }),
    () => world.call('removeAdmin', caller, { conversationId, accountId: owner.accountId }),
    () => world.call('setPinned', caller, { conversationId, seq, pinned: true }),
    () => world.call('react', caller, { conversationId, seq, emoji: '🔥' }),
    () => world.call('getOwnReactions', caller, { conversationId, seqs: [seq] }),
    () => world.call('schedulePost', caller, { conversationId, entry, at }),
    () => world.call('listScheduledPosts', caller, { conversationId }),
    () =>
      world.call('cancelScheduledPost', caller, { conversationId, scheduledId: '0'.repeat(32) }),
    () => world.call('getStatistics', caller, { conversationId }),
    () => world.call('listDirectory', caller, {}),
    () => world.call('searchPosts', caller, { query: 'words' }),
    () => world.call('setMuted', caller, { conversationId, muted: false }),
    () => world.call('follow', caller, byId),
    () => world.log('read', caller, { conversationId, listed: true }),
    () => world.log('read', caller, { conversationId, fromStart: true }),
    () => world.log('listConversations', caller, {}),
    () => world.log('signal', caller, { conversationId }),
    () => world.log('append', caller, { conversationId, entries: [entry] }),
    () => world.call('leave', caller, { conversationId }),
    () => world.call('deleteChannel', caller, { conversationId }),
  ];
  const tried = new Set(calls.map((call) => /'(\w+)'/.exec(String(call))?.[1]));
  for (const name of Object.keys(world.channels.service.service.method)) {
    assert.ok(tried.has(name), `${name} is walked`);
  }
  const said: string[] = [];
  for (const call of calls) said.push(await call().then(spelt, spelt));
  return said.join('\n');
}

function spelt(value: unknown): string {
  if (value instanceof Error) return `${value.message} ${JSON.stringify(value)}`;
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner instanceof Uint8Array) return Buffer.from(inner).toString('latin1');
    return typeof inner === 'bigint' ? String(inner) : inner;
  });
}

function names(account: DeviceCaller, text: string): boolean {
  const id = account.accountId;
  const raw = [id, Buffer.from(id, 'hex').toString('latin1'), account.deviceId];
  return raw.some((spelling) => text.includes(spelling)) || /(Ada|Ben|Cyd|Dee) Quiet/.test(text);
}

for (const unlisted of [false, true]) {
  const kind = unlisted ? 'unlisted' : 'listed';
  test(`CHN-22: no answer, error or push names a subscriber of a channel that is ${kind}`, async () => {
    for (const standing of ['anonymous', 'stranger', 'admin', 'owner'] as const) {
      const lived = await livedIn(unlisted);
      const { owner, admin, followers, pushed } = lived;
      const callers = { anonymous, stranger: await world.account(), admin, owner };
      const said = await everythingSaid(lived, callers[standing]);
      for (const follower of followers) {
        // What the owner did itself: it made the first of them an admin, and takes it back.
        assert.ok(!names(follower, said), `${standing} learns of a follower`);
        assert.ok(!names(follower, pushed.join('\n')), 'a push names a follower');
      }
    }
  });
}

test('CHN-22: the walk notices a follower that is named', async () => {
  const lived = await livedIn(true);
  const [follower] = lived.followers;
  assert.ok(follower);
  const { accountId } = follower;
  await world.call('setAdmin', lived.owner, { conversationId: lived.id, accountId, rights: {} });
  assert.ok(
    names(
      follower,
      spelt(await world.call('listAdmins', lived.owner, { conversationId: lived.id })),
    ),
  );
});
