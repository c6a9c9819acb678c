import assert from 'node:assert/strict';
import test from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ConversationKind } from '@heliogram/protocol';
import { type Member, signUp } from '../accounts/tests/person.ts';
import {
  accountsMethods as accounts,
  adminMethods as admin,
  openWorld,
  operator,
  refusal,
  type World,
} from '../accounts/tests/world.ts';
import type { ChannelTakeDowns } from './index.ts';

async function invited(world: World, by: Member): Promise<Member> {
  const { code } = await world.call(accounts.createSignUpInvite, {}, by.caller);
  return signUp(world, { invite: code });
}

async function mayAct(world: World, { caller }: Member): Promise<boolean> {
  const standing = await world.accounts.standings.of(caller.account);
  return standing.suspendedReason === null;
}

async function createChannel({ storage }: World, username: string): Promise<string> {
  const conversationId = 'cd'.repeat(16);
  const { id } = await storage.db
    .insertInto('conversations')
    .values({ conversation_id: conversationId, kind: ConversationKind.CHANNEL, created_at: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const nobody = { account: null, released_at: null, released_by: null };
  await storage.db
    .insertInto('usernames')
    .values({ username, conversation: id, ...nobody })
    .execute();
  return conversationId;
}

test('MOD-1: operators create as many codes as asked, with uses and expiry', async (t) => {
  const world = openWorld(t, {
    registration: { policy: 'invite', difficultyBits: 0, invitesPerAccount: 0 },
  });
  const { codes } = await world.call(admin.createSignUpInvites, { count: 3 }, operator);
  assert.equal(new Set(codes).size, 3);
  await signUp(world, { invite: codes[0] ?? '' });
  await assert.rejects(signUp(world, { invite: codes[0] ?? '' }), refusal('invite_invalid'));
  const expiresAt = timestampFromMs(world.runtime.now() + 1_000);
  const twice = await world.call(admin.createSignUpInvites, { uses: 2, expiresAt }, operator);
  assert.equal(twice.codes.length, 1);
  await signUp(world, { invite: twice.codes[0] ?? '' });
  world.runtime.advance(1_000);
  await assert.rejects(signUp(world, { invite: twice.codes[0] ?? '' }), refusal('invite_invalid'));
  const past = world.call(admin.createSignUpInvites, { expiresAt }, operator);
  await assert.rejects(past, refusal('invalid_argument'));
  for (const request of [{ count: 1_001 }, { uses: 100_001 }]) {
    const call = world.call(admin.createSignUpInvites, request, operator);
    await assert.rejects(call, refusal('invalid_argument'));
  }
});

test('MOD-2: an account is named by id or @username', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world, { username: 'ada_l' });
  const byName = await world.call(
    admin.suspendAccount,
    { account: '@ada_l', reason: 'spam' },
    operator,
  );
  assert.deepEqual(byName.accountIds, [member.caller.accountId]);
  await world.call(admin.restoreAccount, { account: member.caller.accountId }, operator);
  assert.equal(await mayAct(world, member), true);
  for (const account of ['@nobody_has', '0'.repeat(64)]) {
    const suspension = world.call(admin.suspendAccount, { account, reason: 'x' }, operator);
    await assert.rejects(suspension, refusal('not_found'), account);
    const restoration = world.call(admin.restoreAccount, { account }, operator);
    await assert.rejects(restoration, refusal('not_found'), account);
  }
});

test('MOD-3: a reason is something to read', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  for (const reason of [' \n ', 'a\u202eb', 'a\0b']) {
    const call = world.call(admin.suspendAccount, { account: caller.accountId, reason }, operator);
    await assert.rejects(call, refusal('invalid_argument'));
  }
});

test('MOD-4: a branch is everyone below, and nobody beside', async (t) => {
  const world = openWorld(t);
  const root = await signUp(world);
  const child = await invited(world, root);
  const grandchild = await invited(world, child);
  const sibling = await invited(world, root);
  const bystander = await signUp(world);
  const request = { account: child.caller.accountId, reason: 'ring of spammers', branch: true };
  const { accountIds } = await world.call(admin.suspendAccount, request, operator);
  assert.deepEqual(
    [...accountIds].sort(),
    [child.caller.accountId, grandchild.caller.accountId].sort(),
  );
  const ended = world.sessions.ended.map((line) => line.split(' ')[1]);
  assert.deepEqual(ended.sort(), [...accountIds].sort());
  for (const member of [child, grandchild]) assert.equal(await mayAct(world, member), false);
  for (const member of [root, sibling, bystander]) assert.equal(await mayAct(world, member), true);
});

test('MOD-4: without branch only the named account is suspended', async (t) => {
  const world = openWorld(t);
  const root = await signUp(world);
  const child = await invited(world, root);
  await world.call(admin.suspendAccount, { account: root.caller.accountId, reason: 'x' }, operator);
  assert.equal(await mayAct(world, child), true);
});

test('MOD-4: a ring of invitations ends', async (t) => {
  const world = openWorld(t);
  const one = await signUp(world);
  const two = await invited(world, one);
  await world.storage.db
    .updateTable('accounts')
    .set({ invited_by: two.caller.account })
    .where('id', '=', one.caller.account)
    .execute();
  const request = { account: one.caller.accountId, reason: 'x', branch: true };
  const { accountIds } = await world.call(admin.suspendAccount, request, operator);
  assert.equal(accountIds.length, 2);
});

test('MOD-4: of a branch, who is suspended already keeps the reason', async (t) => {
  const world = openWorld(t);
  const root = await signUp(world);
  const child = await invited(world, root);
  const suspend = (member: Member, reason: string, branch = false) =>
    world.call(
      admin.suspendAccount,
      { account: member.caller.accountId, reason, branch },
      operator,
    );
  await suspend(child, 'first');
  const { accountIds } = await suspend(root, 'second', true);
  assert.deepEqual(accountIds, [root.caller.accountId]);
  const standing = await world.accounts.standings.of(child.caller.account);
  assert.equal(standing.suspendedReason, 'first');
});

test('MOD-5: a restored account acts again, its branch stays as it is', async (t) => {
  const world = openWorld(t);
  const root = await signUp(world);
  const child = await invited(world, root);
  const account = root.caller.accountId;
  await world.call(admin.suspendAccount, { account, reason: 'x', branch: true }, operator);
  await world.call(admin.restoreAccount, { account }, operator);
  assert.equal(await mayAct(world, root), true);
  assert.equal(await mayAct(world, child), false);
  await world.call(accounts.getMe, {}, root.caller);
  await assert.rejects(world.call(accounts.getMe, {}, child.caller), refusal('suspended'));
});

test('MOD-6: channels and posts are taken down and restored by id or @username', async (t) => {
  const asked: unknown[] = [];
  const channels: ChannelTakeDowns = {
    takeDown: async (target) => void asked.push(target),
    restore: async (target) => void asked.push(target),
  };
  const world = openWorld(t, { channels });
  const channel = await createChannel(world, 'engines');
  await world.call(admin.takeDown, { channel: '@engines', reason: 'unlawful' }, operator);
  await world.call(admin.takeDown, { channel, seq: 7, reason: 'unlawful' }, operator);
  await world.call(admin.restore, { channel, seq: 7 }, operator);
  await world.call(admin.restore, { channel: 'engines' }, operator);
  assert.deepEqual(asked, [
    { channel, seq: 0, reason: 'unlawful' },
    { channel, seq: 7, reason: 'unlawful' },
    { channel, seq: 7 },
    { channel, seq: 0 },
  ]);
});

test('MOD-6: what is no channel is not taken down, and not written down', async (t) => {
  const world = openWorld(t);
  await signUp(world, { username: 'ada_l' });
  const direct = 'ef'.repeat(16);
  await world.storage.db
    .insertInto('conversations')
    .values({ conversation_id: direct, kind: ConversationKind.DIRECT, created_at: 1 })
    .execute();
  for (const channel of ['@ada_l', '@nobody_has', '0'.repeat(32), direct]) {
    const call = world.call(admin.takeDown, { channel, reason: 'x' }, operator);
    await assert.rejects(call, refusal('not_found'), channel);
  }
  assert.deepEqual((await world.call(admin.listActions, {}, operator)).actions, []);
});

test('MOD-8: what operators did is listed, newest first', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  const channel = await createChannel(world, 'engines');
  await world.call(admin.createSignUpInvites, { count: 2 }, operator);
  await world.call(admin.suspendAccount, { account: caller.accountId, reason: 'spam' }, operator);
  await world.call(admin.restoreAccount, { account: caller.accountId }, operator);
  await world.call(admin.takeDown, { channel, seq: 3, reason: 'unlawful' }, operator);
  const { actions } = await world.call(admin.listActions, {}, operator);
  assert.deepEqual(
    actions.map(({ action, subject, seq, reason }) => [action, subject, seq, reason]),
    [
      ['take-down-post', channel, 3, 'unlawful'],
      ['restore-account', caller.accountId, 0, ''],
      ['suspend-account', caller.accountId, 0, 'spam'],
      ['create-invites', '2', 0, ''],
    ],
  );
});
