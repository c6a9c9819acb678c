import assert from 'node:assert/strict';
import test from 'node:test';
import { type ChallengeTerms, signSignIn, signWithSubject } from '@heliogram/crypto';
import { HeliogramError, limits } from '@heliogram/protocol';
import {
  addDevice,
  challengeTerms,
  newPerson,
  revocation,
  signInRequest,
  signUp,
} from './tests/person.ts';
import {
  accountsMethods as accounts,
  adminMethods as admin,
  connection,
  openWorld,
  operator,
  refusal,
} from './tests/world.ts';

test('ACC-2: a device signs a connection in, and gets a token over HTTP', async (t) => {
  const world = openWorld(t);
  const { device, caller } = await signUp(world);
  const { context, signedIn } = connection();
  const answer = await world.call(accounts.signIn, await signInRequest(world, device), context);
  assert.equal(answer.token, '');
  assert.deepEqual(signedIn, [caller]);
  const overHttp = await world.call(accounts.signIn, await signInRequest(world, device));
  assert.equal(overHttp.token, 'a token');
  assert.deepEqual(
    world.sessions.tokens.map(({ deviceId }) => deviceId),
    [caller.deviceId],
  );
});

test('ACC-1: an answer is not taken twice', async (t) => {
  const world = openWorld(t);
  const { device } = await signUp(world);
  const request = await signInRequest(world, device);
  await world.call(accounts.signIn, request);
  await assert.rejects(world.call(accounts.signIn, request), refusal('challenge_invalid'));
});

test('ACC-1: an answer that comes too late is refused', async (t) => {
  const world = openWorld(t);
  const { device } = await signUp(world);
  const request = await signInRequest(world, device);
  world.runtime.advance(limits.challengeLifetimeMs);
  await assert.rejects(world.call(accounts.signIn, request), refusal('challenge_invalid'));
});

test('ACC-2: an answer for another origin signs nobody in here', async (t) => {
  const world = openWorld(t);
  const { device } = await signUp(world);
  const elsewhere = await signInRequest(world, device, 'https://evil.example');
  await assert.rejects(world.call(accounts.signIn, elsewhere), refusal('origin_mismatch'));
  const relayed = await signInRequest(world, device, 'https://evil.example');
  await assert.rejects(
    world.call(accounts.signIn, { ...relayed, origin: 'https://hill.example' }),
    refusal('signature_invalid'),
  );
});

test('ACC-3: unknown account, unknown device, another account and a bad signature fail alike', async (t) => {
  const world = openWorld(t);
  const { device } = await signUp(world);
  const other = await signUp(world);
  const stranger = newPerson(world).device;
  const good = await signInRequest(world, device);
  const requests = {
    'bad signature': { ...good, signature: new Uint8Array(64).fill(1) },
    'unknown account': await signInRequest(world, stranger),
    'device of another account': {
      ...(await signInRequest(world, device)),
      accountId: other.device.accountId,
    },
    'answer of a device that claims another account': await signInRequest(world, {
      ...device,
      accountId: other.device.accountId,
    }),
    'other device of another account': {
      ...(await signInRequest(world, device)),
      deviceId: other.device.deviceId,
    },
  };
  const seen = new Set<string>();
  for (const [what, request] of Object.entries(requests)) {
    const error = await world.call(accounts.signIn, request).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof HeliogramError, what);
    seen.add(`${error.code}: ${error.message}`);
  }
  assert.deepEqual(
    [...seen],
    ['signature_invalid: the signature is not from a device of this account'],
  );
});

test('ACC-2: an answer to other terms or for another purpose signs nobody in', async (t) => {
  const world = openWorld(t);
  const { device, person } = await signUp(world);
  const { accountId, deviceId } = device;
  const answers = [
    (terms: ChallengeTerms) => signSignIn(device, { ...terms, expiresAt: terms.expiresAt + 1 }),
    (terms: ChallengeTerms) =>
      signWithSubject({ purpose: 'add-device', device, terms, subject: person }),
  ];
  for (const answer of answers) {
    const terms = await challengeTerms(world);
    const { challenge, origin } = terms;
    const request = { challenge, origin, accountId, deviceId, signature: answer(terms) };
    await assert.rejects(world.call(accounts.signIn, request), refusal('signature_invalid'));
  }
});

test('ACC-4: a revoked device is told so once it proved itself, and not before', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const phone = await addDevice(world, member.person.recoveryPhrase);
  const change = await revocation(world, member, phone.device.deviceId);
  await world.call(accounts.publishDeviceStatement, change, member.caller);
  const request = await signInRequest(world, phone.device);
  await assert.rejects(world.call(accounts.signIn, request), refusal('device_revoked'));
  const unproved = {
    ...(await signInRequest(world, phone.device)),
    signature: new Uint8Array(64).fill(7),
  };
  await assert.rejects(world.call(accounts.signIn, unproved), refusal('signature_invalid'));
});

test('ACC-4: a suspended account is told why once it proved itself', async (t) => {
  const world = openWorld(t);
  const { device } = await signUp(world);
  const suspension = { account: device.accountId, reason: 'spam' };
  await world.call(admin.suspendAccount, suspension, operator);
  const refused = world.call(accounts.signIn, await signInRequest(world, device));
  await assert.rejects(refused, { code: 'suspended', message: 'this account is suspended: spam' });
});

test('ACC-10: a suspension that overtakes a sign-in lets nobody in', async (t) => {
  const world = openWorld(t, {
    verifier: {
      verify: async () => {
        await suspend();
        return true;
      },
    },
  });
  let suspend: () => Promise<unknown> = async () => undefined;
  const { device } = await signUp(world);
  const request = await signInRequest(world, device);
  const { context, signedIn } = connection();
  suspend = () =>
    world.call(admin.suspendAccount, { account: device.accountId, reason: 'spam' }, operator);
  await assert.rejects(world.call(accounts.signIn, request, context), refusal('suspended'));
  assert.deepEqual(signedIn, []);
});
