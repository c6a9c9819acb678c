import assert from 'node:assert/strict';
import test from 'node:test';
import { newPerson, signUp, signUpRequest } from './tests/person.ts';
import { accountsMethods as accounts, openWorld, refusal } from './tests/world.ts';

test('ACC-31: a profile is public and says nothing else', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world, { name: 'Ada', username: 'ada_l' });
  await world.call(accounts.updateProfile, { bio: 'engines' }, caller);
  const unknown = '0'.repeat(64);
  const { profiles } = await world.call(accounts.getProfiles, {
    accountIds: [unknown, caller.accountId],
  });
  const [{ $typeName: _, ...profile } = {}] = profiles;
  assert.equal(profiles.length, 1);
  assert.deepEqual(profile, {
    accountId: caller.accountId,
    name: 'Ada',
    username: 'ada_l',
    bio: 'engines',
    avatarMediaId: '',
  });
  const byRow = await world.accounts.profiles.profiles([caller.account, 999]);
  assert.deepEqual([...byRow.values()], [profile]);
});

test('ACC-32: what is not given stays, what is given is checked', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world, { name: 'Ada' });
  const mediaId = 'ab'.repeat(16);
  await world.call(accounts.updateProfile, { avatarMediaId: mediaId }, caller);
  const { profile } = await world.call(accounts.updateProfile, { name: ' Countess ' }, caller);
  assert.equal(profile?.name, 'Countess');
  assert.equal(profile?.avatarMediaId, mediaId);
  for (const change of [{ name: '' }, { name: 'a\u202eb' }, { bio: 'a\u0007b' }]) {
    const call = world.call(accounts.updateProfile, change, caller);
    await assert.rejects(call, refusal('invalid_argument'));
  }
  const long = world.call(accounts.updateProfile, { name: 'a'.repeat(65) }, caller);
  await assert.rejects(long, refusal('too_large'));
});

test('ACC-32: an avatar is claimed with the profile, and let go', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  const first = 'ab'.repeat(16);
  await world.call(accounts.updateProfile, { avatarMediaId: first }, caller);
  const refused = { avatarMediaId: 'ff'.repeat(16), name: 'Changed' };
  const call = world.call(accounts.updateProfile, refused, caller);
  await assert.rejects(call, refusal('media_rejected'));
  const { profile } = await world.call(accounts.getMe, {}, caller);
  assert.equal(profile?.avatarMediaId, first);
  assert.equal(profile?.name, 'Ada');
  await world.call(accounts.updateProfile, { avatarMediaId: '' }, caller);
  const { account } = caller;
  assert.deepEqual(world.avatarClaims, [
    { account, mediaId: first, previous: '' },
    { account, mediaId: '', previous: first },
  ]);
});

test('ACC-23: a username is taken, changed and released', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  const other = await signUp(world);
  await world.call(accounts.setUsername, { username: 'ada_l' }, caller);
  await world.call(accounts.setUsername, { username: 'countess' }, caller);
  await world.call(accounts.setUsername, { username: '@Countess' }, caller);
  assert.equal((await world.call(accounts.getMe, {}, caller)).profile?.username, 'countess');
  for (const username of ['ada_l', 'countess']) {
    const call = world.call(accounts.setUsername, { username }, other.caller);
    await assert.rejects(call, refusal('username_taken'));
  }
  await world.call(accounts.setUsername, { username: '' }, caller);
  assert.equal((await world.call(accounts.getMe, {}, caller)).profile?.username, '');
  const resolved = world.call(accounts.resolveUsername, { username: 'countess' });
  await assert.rejects(resolved, refusal('not_found'));
  await world.call(accounts.setUsername, { username: 'ada_l' }, caller);
});

test('ACC-24: whether a username could be taken, and why not', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world, { username: 'ada_l' });
  await world.call(accounts.setUsername, { username: '' }, caller);
  const check = async (username: string, by?: typeof caller) => {
    const answer = await world.call(accounts.checkUsername, { username }, by);
    return answer.available ? 'available' : answer.reason;
  };
  assert.equal(await check('nobody_has'), 'available');
  assert.equal(await check('ada_l'), 'username_taken');
  assert.equal(await check('ada_l', caller), 'available');
  assert.equal(await check('admin'), 'username_invalid');
  assert.equal(await check('a b'), 'username_invalid');
});

test('ACC-25: a username leads to an account or to a channel', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world, { username: 'ada_l' });
  const account = await world.call(accounts.resolveUsername, { username: '@ADA_L' });
  assert.equal(
    account.holder.case === 'account' && account.holder.value.accountId,
    caller.accountId,
  );
  const { db } = world.storage;
  const conversationId = 'cd'.repeat(16);
  const { id } = await db
    .insertInto('conversations')
    .values({ conversation_id: conversationId, kind: 1, created_at: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('usernames')
    .values({
      username: 'engines',
      account: null,
      conversation: id,
      released_at: null,
      released_by: null,
    })
    .execute();
  const channel = await world.call(accounts.resolveUsername, { username: 'engines' });
  assert.deepEqual(channel.holder, { case: 'conversationId', value: conversationId });
});

test('ACC-30: two names that look the same are stored the same', async (t) => {
  const world = openWorld(t);
  const one = await signUp(world, { name: 'Zo\u00eb' });
  const person = newPerson(world);
  await world.call(accounts.signUp, await signUpRequest(world, person, { name: ' Zoe\u0308 ' }));
  const accountIds = [one.caller.accountId, person.accountId];
  const { profiles } = await world.call(accounts.getProfiles, { accountIds });
  assert.equal(profiles[0]?.name, profiles[1]?.name);
});
