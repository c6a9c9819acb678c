import assert from 'node:assert/strict';
import test from 'node:test';
import { verifyProofOfWork } from '@heliogram/crypto';
import {
  addDevice,
  challengeTerms,
  newPerson,
  nonceBytes,
  recovered,
  signUp,
  signUpRequest,
} from './tests/person.ts';
import {
  accountsMethods as accounts,
  adminMethods as admin,
  openWorld,
  operator,
  refusal,
  type World,
} from './tests/world.ts';

const byInvite = { policy: 'invite', difficultyBits: 0, invitesPerAccount: 2 } as const;

async function countAccounts({ storage }: World): Promise<number> {
  return (await storage.db.selectFrom('accounts').select('id').execute()).length;
}

test('ACC-13: a sign-up stores account, device, list, vault and username', async (t) => {
  const world = openWorld(t);
  const person = newPerson(world);
  const answer = await world.call(
    accounts.signUp,
    await signUpRequest(world, person, { name: '  Ada ', username: '@Ada_L' }),
  );
  assert.equal(answer.accountId, person.accountId);
  assert.equal(answer.deviceId, person.device.deviceId);
  const resolved = await world.call(accounts.resolveUsername, { username: 'ada_l' });
  assert.equal(resolved.holder.case, 'account');
  const { profiles } = await world.call(accounts.getProfiles, { accountIds: [person.accountId] });
  assert.equal(profiles[0]?.name, 'Ada');
  assert.equal(profiles[0]?.username, 'ada_l');
  const list = await world.call(accounts.getDeviceList, { accountId: person.accountId });
  assert.deepEqual(list.statements, [person.statement]);
});

test('ACC-13: what is not signed by its own keys makes no account', async (t) => {
  const world = openWorld(t);
  const person = newPerson(world);
  const other = newPerson(world);
  const fork = Uint8Array.from(person.statement);
  fork[fork.length - 1] = (fork.at(-1) ?? 0) ^ 1;
  const vault = Uint8Array.from(person.vault);
  vault[vault.length - 1] = (vault.at(-1) ?? 0) ^ 1;
  const wrong: [string, Parameters<typeof signUpRequest>[2], string][] = [
    ['broken statement', { statement: fork }, 'statement_invalid'],
    ['no statement', { statement: new Uint8Array(200) }, 'statement_invalid'],
    ['statement of another', { statement: other.statement }, 'invalid_argument'],
    ['broken vault', { vault }, 'invalid_argument'],
    ['vault of another', { vault: other.vault }, 'invalid_argument'],
    ['no vault', { vault: new Uint8Array(300) }, 'invalid_argument'],
    ['broken signature', { signature: new Uint8Array(64).fill(3) }, 'signature_invalid'],
    ['other origin', { origin: 'https://evil.example' }, 'origin_mismatch'],
    ['deceiving name', { name: 'Ad\u202ea' }, 'invalid_argument'],
    ['no visible name', { name: ' \u3164 ' }, 'invalid_argument'],
    ['bad username', { username: 'a b' }, 'username_invalid'],
    ['reserved username', { username: 'admin' }, 'username_invalid'],
  ];
  for (const [what, change, code] of wrong) {
    const request = await signUpRequest(world, person, change);
    await assert.rejects(world.call(accounts.signUp, request), refusal(code), what);
  }
  assert.equal(await countAccounts(world), 0);
});

test('ACC-13: a later statement is no first one', async (t) => {
  const world = openWorld(t);
  const { person } = await signUp(world);
  const change = await recovered(world, person.recoveryPhrase);
  const elsewhere = openWorld(t);
  const second = { ...person, statement: change.statement, vault: change.vault };
  await assert.rejects(
    elsewhere.call(accounts.signUp, await signUpRequest(elsewhere, second)),
    refusal('conflict'),
  );
});

test('ACC-14: a sign-up whose answer was lost succeeds again, without a second invite', async (t) => {
  const world = openWorld(t, { registration: byInvite });
  const { codes } = await world.call(admin.createSignUpInvites, { count: 1 }, operator);
  const person = newPerson(world);
  const invite = codes[0] ?? '';
  await world.call(accounts.signUp, await signUpRequest(world, person, { invite }));
  const again = await world.call(accounts.signUp, await signUpRequest(world, person, { invite }));
  assert.equal(again.accountId, person.accountId);
  assert.equal(await countAccounts(world), 1);
});

test('ACC-14: the same identity with another vault is refused', async (t) => {
  const world = openWorld(t);
  const { person } = await signUp(world);
  await addDevice(world, person.recoveryPhrase);
  const request = await signUpRequest(world, person);
  await assert.rejects(world.call(accounts.signUp, request), refusal('already_exists'));
});

test('ACC-11: a closed server takes nobody, with an invite neither', async (t) => {
  const world = openWorld(t, { registration: { ...byInvite, policy: 'closed' } });
  const { codes } = await world.call(admin.createSignUpInvites, { count: 1 }, operator);
  const request = await signUpRequest(world, newPerson(world), { invite: codes[0] ?? '' });
  await assert.rejects(world.call(accounts.signUp, request), refusal('registration_closed'));
});

test('ACC-11: by invite, no code and a wrong code make no account', async (t) => {
  const world = openWorld(t, { registration: byInvite });
  for (const invite of ['', '00000-00000-00000-00000', 'x'.repeat(128)]) {
    const request = await signUpRequest(world, newPerson(world), { invite });
    await assert.rejects(world.call(accounts.signUp, request), refusal('invite_invalid'), invite);
  }
  assert.equal(await countAccounts(world), 0);
});

test('ACC-12: a sign-up without its proof of work is refused', async (t) => {
  const world = openWorld(t, {
    registration: { policy: 'open', difficultyBits: 8, invitesPerAccount: 0 },
  });
  await signUp(world);
  const person = newPerson(world);
  const honest = await signUpRequest(world, person);
  const another = await challengeTerms(world);
  assert.equal(another.difficultyBits, 8);
  const unsolved = unsolvedNonce(honest.challenge ?? new Uint8Array(), person.identityPublicKey);
  for (const proofOfWork of [new Uint8Array(), unsolved, new Uint8Array(8).fill(0xff)]) {
    const request = { ...(await signUpRequest(world, person)), proofOfWork };
    if (proofOfWork === unsolved) request.challenge = honest.challenge ?? new Uint8Array();
    await assert.rejects(world.call(accounts.signUp, request), refusal('proof_of_work_invalid'));
  }
});

function unsolvedNonce(challenge: Uint8Array, identityPublicKey: Uint8Array): Uint8Array {
  for (let nonce = 0; ; nonce++) {
    try {
      verifyProofOfWork({ challenge, identityPublicKey, difficultyBits: 8 }, nonce);
    } catch {
      return nonceBytes(nonce);
    }
  }
}

test('ACC-21: of many people who sign up for one username at once, one gets it', async (t) => {
  const world = openWorld(t);
  const requests = await Promise.all(
    Array.from({ length: 12 }, () =>
      signUpRequest(world, newPerson(world), { username: 'wanted' }),
    ),
  );
  const outcomes = await Promise.allSettled(
    requests.map((request) => world.call(accounts.signUp, request)),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.ok(refusal('username_taken')(outcome.reason));
  }
  assert.equal(await countAccounts(world), 1);
});

test('ACC-16: an invite of three uses makes three accounts, however many come at once', async (t) => {
  const world = openWorld(t, { registration: byInvite });
  const { codes } = await world.call(admin.createSignUpInvites, { count: 1, uses: 3 }, operator);
  const invite = codes[0] ?? '';
  const requests = await Promise.all(
    Array.from({ length: 10 }, () => signUpRequest(world, newPerson(world), { invite })),
  );
  const outcomes = await Promise.allSettled(
    requests.map((request) => world.call(accounts.signUp, request)),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 3);
  assert.equal(await countAccounts(world), 3);
});

test('ACC-16: a sign-up that fails leaves its invite unused', async (t) => {
  const world = openWorld(t, { registration: byInvite });
  const { codes } = await world.call(admin.createSignUpInvites, { count: 2 }, operator);
  await signUp(world, { invite: codes[0] ?? '', username: 'ada_l' });
  const invite = codes[1] ?? '';
  const taken = await signUpRequest(world, newPerson(world), { invite, username: 'ada_l' });
  await assert.rejects(world.call(accounts.signUp, taken), refusal('username_taken'));
  await signUp(world, { invite, username: 'bob_l' });
});

test('ACC-15: an account invites within its allowance, and is recorded as who invited', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  const { code } = await world.call(accounts.createSignUpInvite, {}, caller);
  await world.call(accounts.createSignUpInvite, {}, caller);
  const third = world.call(accounts.createSignUpInvite, {}, caller);
  await assert.rejects(third, refusal('limit_reached'));
  assert.match(code, /^[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){3}$/);
  const guest = await signUp(world, { invite: ` ${code.toUpperCase().replaceAll('-', ' ')} ` });
  const row = await world.storage.db
    .selectFrom('accounts')
    .select('invited_by')
    .where('id', '=', guest.caller.account)
    .executeTakeFirstOrThrow();
  assert.equal(row.invited_by, caller.account);
});

test('ACC-15: the database holds no code', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  const { code } = await world.call(accounts.createSignUpInvite, {}, caller);
  const rows = await world.storage.db.selectFrom('sign_up_invites').selectAll().execute();
  assert.equal(rows.length, 1);
  assert.equal(JSON.stringify(rows).includes(code.replaceAll('-', '')), false);
});

test('ACC-16: an invite ends with its time, and with its creator', async (t) => {
  const world = openWorld(t, { registration: byInvite });
  const { codes } = await world.call(admin.createSignUpInvites, { count: 1 }, operator);
  const { caller } = await signUp(world, { invite: codes[0] ?? '' });
  const { code } = await world.call(accounts.createSignUpInvite, {}, caller);
  const { code: expiring } = await world.call(accounts.createSignUpInvite, {}, caller);
  const suspension = { account: caller.accountId, reason: 'spam' };
  await world.call(admin.suspendAccount, suspension, operator);
  const refused = await signUpRequest(world, newPerson(world), { invite: code });
  await assert.rejects(world.call(accounts.signUp, refused), refusal('invite_invalid'));
  await world.call(admin.restoreAccount, { account: caller.accountId }, operator);
  await signUp(world, { invite: code });
  world.runtime.advance(30 * 86_400_000);
  const late = await signUpRequest(world, newPerson(world), { invite: expiring });
  await assert.rejects(world.call(accounts.signUp, late), refusal('invite_invalid'));
});
