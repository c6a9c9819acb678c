import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { limits } from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import { anonymous, codeOf, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

const byToken = (token: string) => ({ ref: { case: 'inviteToken', value: token } }) as const;

type Terms = { readonly expiresInMs?: number; readonly useLimit?: number; approval?: boolean };

async function unlisted() {
  const owner = await world.account();
  const { id, token } = await world.channel(owner, { settings: { unlisted: true } });
  return { owner, id, token };
}

async function invite(owner: DeviceCaller, id: string, terms: Terms = {}) {
  const { expiresInMs, ...rest } = terms;
  const expiry =
    expiresInMs === undefined
      ? {}
      : { expiresAt: timestampFromMs(world.runtime.now() + expiresInMs) };
  const created = await world.call('createInvite', owner, {
    conversationId: id,
    ...rest,
    ...expiry,
  });
  return { token: created.invite?.token ?? '', inviteId: created.invite?.inviteId ?? '' };
}

async function uses(owner: DeviceCaller, id: string, inviteId: string) {
  const { invites } = await world.call('listInvites', owner, { conversationId: id });
  return invites.find((one) => one.inviteId === inviteId)?.uses;
}

async function requesters(owner: DeviceCaller, id: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (let after = '', more = true; more; ) {
    const page = await world.call('listJoinRequests', owner, { conversationId: id, after });
    names.push(...page.accounts.map(({ accountId }) => accountId));
    ({ cursor: after, more } = page);
  }
  return names;
}

test('CHN-6: a use limit is exact however many come at once', async () => {
  const { owner, id } = await unlisted();
  const { token } = await invite(owner, id, { useLimit: 5 });
  const callers = await Promise.all(Array.from({ length: 20 }, () => world.account()));
  const codes = await Promise.all(
    callers.map((caller) => codeOf(world.call('follow', caller, byToken(token)))),
  );
  assert.equal(codes.filter((code) => code === 'ok').length, 5);
  assert.equal(codes.filter((code) => code === 'invite_invalid').length, 15);
});

test('CHN-6: following again takes no use, even with an invite that is used up', async () => {
  const { owner, id } = await unlisted();
  const { token, inviteId } = await invite(owner, id, { useLimit: 1 });
  const reader = await world.account();
  for (let times = 0; times < 3; times += 1) {
    const { channel, requested } = await world.call('follow', reader, byToken(token));
    assert.equal(channel?.conversationId, id);
    assert.equal(requested, false);
  }
  await world.advance(60_000);
  assert.equal(await uses(owner, id, inviteId), 1);
});

test('CHN-6: expired, used up, revoked and invented tokens are refused alike', async () => {
  const { owner, id } = await unlisted();
  const stranger = await world.account();
  const expiring = await invite(owner, id, { expiresInMs: 1_000 });
  const single = await invite(owner, id, { useLimit: 1 });
  const revoked = await invite(owner, id);
  await world.call('follow', await world.account(), byToken(single.token));
  await world.call('revokeInvite', owner, { conversationId: id, inviteId: revoked.inviteId });
  assert.equal(
    await codeOf(world.call('follow', await world.account(), byToken(expiring.token))),
    'ok',
  );
  await world.advance(1_000);
  const tokens = [expiring.token, single.token, revoked.token, 'AAAAAAAAAAAAAAAAAAAAAAAAAAA'];
  for (const token of tokens) {
    assert.equal(await codeOf(world.call('follow', stranger, byToken(token))), 'invite_invalid');
    const preview = world.call('previewInvite', anonymous, { inviteToken: token });
    assert.equal(await codeOf(preview), 'invite_invalid');
  }
  const past = invite(owner, id, { expiresInMs: -1 });
  assert.equal(await codeOf(past), 'invalid_argument');
  const beyond = world.call('createInvite', owner, {
    conversationId: id,
    expiresAt: { seconds: 1n << 62n, nanos: 0 },
  });
  assert.equal(await codeOf(beyond), 'invalid_argument');
});

test('CHN-6: a preview shows the face, and the id only to whoever is in', async () => {
  const { owner, id, token } = await unlisted();
  const before = await world.call('previewInvite', anonymous, { inviteToken: token });
  assert.equal(before.title, 'Sunlight');
  assert.equal(before.conversationId, '');
  const inside = await world.call('previewInvite', owner, { inviteToken: token });
  assert.equal(inside.conversationId, id);
});

test('CHN-6: a channel has a bounded number of invites, and expired ones make room', async () => {
  const { owner, id } = await unlisted();
  for (let open = 1; open < limits.maxInvitesPerChannel; open += 1) {
    await invite(owner, id, { expiresInMs: 1_000 });
  }
  assert.equal(await codeOf(invite(owner, id)), 'limit_reached');
  await world.advance(1_000);
  assert.equal(await codeOf(invite(owner, id)), 'ok');
});

test('CHN-7: a request names its account until it is decided, and the decision is not kept', async () => {
  const { owner, id } = await unlisted();
  const { token, inviteId } = await invite(owner, id, { approval: true, useLimit: 2 });
  const welcome = await world.account();
  const unwelcome = await world.account();
  for (const caller of [welcome, welcome, unwelcome]) {
    const { requested, channel } = await world.call('follow', caller, byToken(token));
    assert.equal(requested, true);
    assert.equal(channel?.role, 'requested');
    assert.equal(channel?.headSeq, 0);
    assert.equal(await codeOf(world.log('read', caller, { conversationId: id })), 'not_found');
  }
  const names = [welcome.accountId, unwelcome.accountId];
  assert.deepEqual((await requesters(owner, id)).toSorted(), names.toSorted());
  const decide = (caller: DeviceCaller, accept: boolean) =>
    world.call('decideJoinRequest', owner, {
      conversationId: id,
      accountId: caller.accountId,
      accept,
    });
  await decide(welcome, true);
  await decide(unwelcome, false);
  assert.deepEqual(await requesters(owner, id), []);
  assert.equal(await codeOf(world.log('read', welcome, { conversationId: id })), 'ok');
  assert.equal(await codeOf(world.log('read', unwelcome, { conversationId: id })), 'not_found');
  for (const caller of [welcome, unwelcome]) {
    assert.equal(await codeOf(decide(caller, true)), 'not_found', 'nothing tells them apart');
  }
  await world.advance(60_000);
  assert.equal(await uses(owner, id, inviteId), 1, 'the use of a declined request is given back');
});

test('CHN-28: the request of an account that goes gives its use back', async () => {
  const { owner, id } = await unlisted();
  const { token, inviteId } = await invite(owner, id, { approval: true, useLimit: 1 });
  const leaving = await world.account();
  await world.call('follow', leaving, byToken(token));
  await world.channels.eraseAccount(leaving.account);
  assert.deepEqual(await requesters(owner, id), []);
  await world.advance(60_000);
  assert.equal(await uses(owner, id, inviteId), 0);
});

test('CHN-7: whoever waits may withdraw, or come by another invite', async () => {
  const { owner, id, token } = await unlisted();
  const waiting = await invite(owner, id, { approval: true, useLimit: 1 });
  const reader = await world.account();
  await world.call('follow', reader, byToken(waiting.token));
  const { conversations } = await world.log('listConversations', reader, {});
  assert.equal(conversations[0]?.role, 'requested');
  await world.call('leave', reader, { conversationId: id });
  assert.deepEqual(await requesters(owner, id), []);
  await world.call('follow', reader, byToken(waiting.token));
  const { requested } = await world.call('follow', reader, byToken(token));
  assert.equal(requested, false);
  assert.deepEqual(await requesters(owner, id), []);
  const { channel } = await world.call('getChannel', reader, {
    ref: { case: 'conversationId', value: id },
  });
  assert.equal(channel?.role, 'subscriber');
});

test('CHN-23: a use of an invite shows once its minute is over', async () => {
  const { owner, id } = await unlisted();
  const { token, inviteId } = await invite(owner, id);
  await world.call('follow', await world.account(), byToken(token));
  assert.equal(await uses(owner, id, inviteId), 0);
  await world.advance(60_000);
  assert.equal(await uses(owner, id, inviteId), 1);
});

test('CHN-23: a use keeps to its minute across a restart, and so does one that is given back', async () => {
  const { owner, id } = await unlisted();
  const { token, inviteId } = await invite(owner, id, { approval: true });
  await world.call('follow', await world.account(), byToken(token));
  await world.restart();
  assert.equal(await uses(owner, id, inviteId), 0);
  await world.advance(60_000);
  assert.equal(await uses(owner, id, inviteId), 1);
  const [accountId = ''] = await requesters(owner, id);
  const refusal = { conversationId: id, accountId, accept: false };
  await world.call('decideJoinRequest', owner, refusal);
  assert.equal(await uses(owner, id, inviteId), 1);
  await world.restart();
  assert.equal(await uses(owner, id, inviteId), 1);
  await world.advance(60_000);
  assert.equal(await uses(owner, id, inviteId), 0);
});

test('CHN-7: every request is listed, the oldest first, also when some are decided between two pages', async () => {
  const { owner, id } = await unlisted();
  const { token } = await invite(owner, id, { approval: true });
  const waiting: string[] = [];
  for (let people = 0; people < 230; people += 1) {
    const reader = await world.account();
    await world.call('follow', reader, byToken(token));
    waiting.push(reader.accountId);
    if (people === 99) await world.advance(1_000);
  }
  const listed = await requesters(owner, id);
  assert.deepEqual(listed.toSorted(), waiting.toSorted());
  assert.deepEqual(listed.slice(0, 100).toSorted(), waiting.slice(0, 100).toSorted());
  const first = await world.call('listJoinRequests', owner, { conversationId: id });
  assert.deepEqual([first.accounts.length, first.more], [200, true]);
  for (const { accountId } of first.accounts.slice(150)) {
    await world.call('decideJoinRequest', owner, { conversationId: id, accountId, accept: true });
  }
  const after = first.cursor;
  const second = await world.call('listJoinRequests', owner, { conversationId: id, after });
  assert.deepEqual(
    second.accounts.map(({ accountId }) => accountId),
    listed.slice(200),
  );
  const invented = world.call('listJoinRequests', owner, { conversationId: id, after: '1-x' });
  assert.equal(await codeOf(invented), 'invalid_argument');
});
