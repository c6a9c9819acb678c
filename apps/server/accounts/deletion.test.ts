import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { signDeletion } from '@heliogram/crypto';
import { decodeDeviceStatement, decodeVault } from '@heliogram/crypto/verify';
import type { AccountDeletionHook } from './options.ts';
import {
  addDevice,
  challengeTerms,
  type Member,
  newPerson,
  signInRequest,
  signUp,
  signUpRequest,
} from './tests/person.ts';
import {
  accountsMethods as accounts,
  adminMethods as admin,
  openWorld,
  operator,
  refusal,
  TestRuntime,
  temporaryDirectory,
  type World,
} from './tests/world.ts';

async function deletion(world: World, { device }: Pick<Member, 'device'>) {
  const { difficultyBits: _, ...terms } = await challengeTerms(world);
  const { challenge, origin } = terms;
  return { challenge, origin, signature: signDeletion(device, terms) };
}

async function signInAnswer(world: World, { device }: Pick<Member, 'device'>) {
  const { challenge, origin, signature } = await signInRequest(world, device);
  return { challenge, origin, signature };
}

/** Every byte that the database keeps on disk, journals included. */
function filesOf(world: World): Buffer {
  const directory = dirname(world.path);
  return Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));
}

test('ACC-60: a deleted account leaves no name, text, key or sealed byte in the files', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world, { name: 'Adalgisa Lovelace', username: 'adalgisa' });
  await addDevice(world, member.person.recoveryPhrase, 'a telling device name');
  await world.call(accounts.updateProfile, { bio: 'poetical science' }, member.caller);
  const { vault } = await world.call(accounts.getVault, {}, member.caller);
  const { content } = decodeDeviceStatement(member.person.statement);
  const { sealed, openers } = decodeVault(vault);
  const traces = {
    name: Buffer.from('Adalgisa Lovelace'),
    bio: Buffer.from('poetical science'),
    'account id': Buffer.from(member.caller.accountId),
    'device id': Buffer.from(member.caller.deviceId),
    'device name': Buffer.from('a telling device name'),
    'identity key': content.identityPublicKey,
    'device key': member.device.description.signatureKey,
    'sealed vault': sealed.subarray(0, 64),
    'opener of the vault': openers[0]?.publicKey.subarray(0, 64) ?? new Uint8Array(),
  };
  const before = filesOf(world);
  for (const [what, bytes] of Object.entries(traces)) {
    assert.ok(before.includes(Buffer.from(bytes)), what);
  }
  await world.call(accounts.deleteAccount, await deletion(world, member), member.caller);
  const after = filesOf(world);
  for (const [what, bytes] of Object.entries(traces)) {
    assert.equal(after.includes(Buffer.from(bytes)), false, what);
  }
  assert.equal(after.includes('adalgisa'), true, 'the username stays, in quarantine');
});

test('ACC-61: a deleted account is gone for everybody, its username quarantined', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world, { username: 'ada_l' });
  const phone = await addDevice(world, member.person.recoveryPhrase);
  await world.call(accounts.deleteAccount, await deletion(world, member), member.caller);
  const { accountId } = member.caller;
  const reason = 'gone this account was deleted';
  assert.deepEqual(world.sessions.ended, [`device ${phone.device.deviceId} ${reason}`]);
  await new Promise(setImmediate);
  assert.equal(world.sessions.ended[1], `account ${accountId} ${reason}`);
  for (const { caller, device } of [member, phone]) {
    await assert.rejects(world.call(accounts.getMe, {}, caller), refusal('device_revoked'));
    const request = await signInRequest(world, device);
    await assert.rejects(world.call(accounts.signIn, request), refusal('signature_invalid'));
  }
  assert.deepEqual(
    (await world.call(accounts.getProfiles, { accountIds: [accountId] })).profiles,
    [],
  );
  const list = world.call(accounts.getDeviceList, { accountId });
  await assert.rejects(list, refusal('not_found'));
  const check = await world.call(accounts.checkUsername, { username: 'ada_l' });
  assert.equal(check.reason, 'username_taken');
});

test('ACC-63: a deleted account does not come back under its id', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  await world.call(accounts.deleteAccount, await deletion(world, member), member.caller);
  const request = await signUpRequest(world, member.person);
  await assert.rejects(world.call(accounts.signUp, request), refusal('gone'));
});

test('ACC-60: a deletion needs a fresh answer of the calling device', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const other = await signUp(world);
  const wrong = [
    [
      { ...(await deletion(world, member)), signature: new Uint8Array(64).fill(1) },
      'signature_invalid',
    ],
    [await deletion(world, other), 'signature_invalid'],
    [await signInAnswer(world, member), 'signature_invalid'],
    [{ ...(await deletion(world, member)), origin: 'https://evil.example' }, 'origin_mismatch'],
  ] as const;
  for (const [request, code] of wrong) {
    const call = world.call(accounts.deleteAccount, request, member.caller);
    await assert.rejects(call, refusal(code));
  }
  const { accountId, deviceId } = member.device;
  const deletes = { ...(await deletion(world, member)), accountId, deviceId };
  await assert.rejects(world.call(accounts.signIn, deletes), refusal('signature_invalid'));
  const used = await signInAnswer(world, member);
  await world.call(accounts.signIn, {
    ...used,
    accountId: member.device.accountId,
    deviceId: member.device.deviceId,
  });
  const replayed = world.call(accounts.deleteAccount, used, member.caller);
  await assert.rejects(replayed, refusal('challenge_invalid'));
  await world.call(accounts.getMe, {}, member.caller);
});

test('ACC-62: rooms forget first, while the row is there; what fails is tried again', async (t) => {
  const forgotten: number[] = [];
  let broken = true;
  const rooms: AccountDeletionHook[] = [
    async ({ account }) => void forgotten.push(account),
    async () => {
      if (broken) throw new Error('a room is busy');
    },
  ];
  const world = openWorld(t, { onAccountDeleted: rooms });
  const member = await signUp(world);
  const { account } = member.caller;
  await world.call(accounts.deleteAccount, await deletion(world, member), member.caller);
  assert.deepEqual(forgotten, [account]);
  assert.equal(world.failures.length, 1);
  const rows = () => world.storage.db.selectFrom('accounts').select('id').execute();
  assert.equal((await rows()).length, 1);
  broken = false;
  for (const run of world.runtime.timers) run();
  await world.accounts.resumeDeletions();
  assert.deepEqual(await rows(), []);
});

test('ACC-62: a deletion that a crash interrupted goes on at the next start', async (t) => {
  const path = join(temporaryDirectory(t), 'heliogram.db');
  const crash: AccountDeletionHook = () => Promise.reject(new Error('the process dies here'));
  const before = openWorld(t, { path, onAccountDeleted: [crash] });
  const member = await signUp(before);
  const { account, accountId } = member.caller;
  await before.call(accounts.deleteAccount, await deletion(before, member), member.caller);
  await before.storage.close();
  const forgotten: unknown[] = [];
  const after = openWorld(t, {
    path,
    runtime: new TestRuntime('after the crash'),
    onAccountDeleted: [async (deleted) => void forgotten.push(deleted)],
  });
  await after.accounts.resumeDeletions();
  assert.deepEqual(forgotten, [{ account, accountId }]);
  await after.accounts.resumeDeletions();
  assert.equal(forgotten.length, 1);
  assert.deepEqual(await after.storage.db.selectFrom('accounts').selectAll().execute(), []);
});

test('ACC-62: those whom a deleted account invited stay on its branch', async (t) => {
  const world = openWorld(t);
  const root = await signUp(world);
  const middle = await signUp(world, await inviteOf(world, root));
  const leaf = await signUp(world, await inviteOf(world, middle));
  await world.call(accounts.deleteAccount, await deletion(world, middle), middle.caller);
  const suspension = { account: root.caller.accountId, reason: 'spam', branch: true };
  const { accountIds } = await world.call(admin.suspendAccount, suspension, operator);
  assert.deepEqual([...accountIds].sort(), [root.caller.accountId, leaf.caller.accountId].sort());
});

async function inviteOf(world: World, { caller }: Member): Promise<{ invite: string }> {
  const { code } = await world.call(accounts.createSignUpInvite, {}, caller);
  return { invite: code };
}

test('ACC-60: what other tables hold of the account goes too', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const other = newPerson(world);
  await world.call(accounts.signUp, await signUpRequest(world, other));
  const { db } = world.storage;
  const { account } = member.caller;
  await db
    .insertInto('read_marks')
    .values({ conversation: 1, account, seq: 1, updated_at: 1 })
    .execute();
  await db
    .insertInto('reactions')
    .values({ conversation: 1, seq: 1, account, emoji: '☀' })
    .execute();
  await db
    .insertInto('join_requests')
    .values({ conversation: 1, account, invite_id: 'x', requested_at: 1 })
    .execute();
  await world.call(accounts.createSignUpInvite, {}, member.caller);
  await world.call(accounts.deleteAccount, await deletion(world, member), member.caller);
  for (const table of ['read_marks', 'reactions', 'join_requests', 'sign_up_invites'] as const) {
    assert.deepEqual(await db.selectFrom(table).selectAll().execute(), [], table);
  }
  assert.equal((await db.selectFrom('accounts').selectAll().execute()).length, 1);
});
