import assert from 'node:assert/strict';
import test from 'node:test';
import { limits } from '@heliogram/protocol';
import {
  addDevice,
  addDeviceRequest,
  findVaultRequest,
  recovered,
  revocation,
  rotation,
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
  type World,
} from './tests/world.ts';

async function statements(world: World, accountId: string): Promise<number> {
  const list = await world.call(accounts.getDeviceList, { accountId });
  return list.statements.length;
}

async function storedRevision(world: World, account: number): Promise<number | undefined> {
  const { db } = world.storage;
  const row = await db
    .selectFrom('vaults')
    .select('revision')
    .where('account', '=', account)
    .executeTakeFirst();
  return row?.revision;
}

test('ACC-45: the phrase makes a new device, which signs in', async (t) => {
  const world = openWorld(t);
  const { person, caller } = await signUp(world);
  const phone = await addDevice(world, person.recoveryPhrase);
  assert.equal(phone.caller.account, caller.account);
  await world.call(accounts.signIn, await signInRequest(world, phone.device));
  assert.equal(await statements(world, caller.accountId), 2);
  assert.equal(await storedRevision(world, caller.account), 2);
  assert.ok(world.changedAccounts.includes(caller.accountId));
});

test('ACC-45: an addition whose answer was lost succeeds again', async (t) => {
  const world = openWorld(t);
  const { person, caller } = await signUp(world);
  const change = await recovered(world, person.recoveryPhrase);
  await world.call(accounts.addDevice, await addDeviceRequest(world, change));
  const again = await world.call(accounts.addDevice, await addDeviceRequest(world, change));
  assert.equal(again.deviceId, change.device.deviceId);
  assert.equal(await statements(world, caller.accountId), 2);
});

test('ACC-45: an addition needs the device, its own account and an honest statement', async (t) => {
  const world = openWorld(t);
  const { person, caller } = await signUp(world);
  const other = await signUp(world);
  const change = await recovered(world, person.recoveryPhrase);
  const broken = Uint8Array.from(change.statement);
  broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
  const resigned = { ...change, statement: broken };
  const wrong: [string, Awaited<ReturnType<typeof addDeviceRequest>>, string][] = [
    ['identity did not sign', await addDeviceRequest(world, resigned), 'statement_invalid'],
    [
      'device did not sign',
      { ...(await addDeviceRequest(world, change)), signature: new Uint8Array(64).fill(1) },
      'signature_invalid',
    ],
    [
      'another account',
      { ...(await addDeviceRequest(world, change)), accountId: other.device.accountId },
      'statement_invalid',
    ],
    [
      'another vault than signed',
      { ...(await addDeviceRequest(world, change)), vault: other.person.vault },
      'signature_invalid',
    ],
  ];
  for (const [what, request, code] of wrong) {
    await assert.rejects(world.call(accounts.addDevice, request), refusal(code), what);
  }
  assert.equal(await statements(world, caller.accountId), 1);
  assert.equal(await storedRevision(world, caller.account), 1);
});

test('ACC-45: a revocation enrols nobody, and a device list of nobody neither', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const phone = await addDevice(world, member.person.recoveryPhrase);
  const revoked = await revocation(world, member, phone.device.deviceId);
  const request = await addDeviceRequest(world, { ...revoked, device: phone.device });
  await assert.rejects(world.call(accounts.addDevice, request), refusal('statement_invalid'));
  const elsewhere = openWorld(t);
  const change = await recovered(world, member.person.recoveryPhrase, 'third');
  const unknown = await addDeviceRequest(elsewhere, change);
  await assert.rejects(elsewhere.call(accounts.addDevice, unknown), refusal('signature_invalid'));
});

test('ACC-44: a revoked device is cut off at once', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const phone = await addDevice(world, member.person.recoveryPhrase);
  await world.call(accounts.getMe, {}, phone.caller);
  const change = await revocation(world, member, phone.device.deviceId);
  await world.call(accounts.publishDeviceStatement, change, member.caller);
  assert.deepEqual(world.sessions.ended, [
    `device ${phone.device.deviceId} device_revoked this device was removed from the account`,
  ]);
  await assert.rejects(world.call(accounts.getMe, {}, phone.caller), refusal('device_revoked'));
  await world.call(accounts.getMe, {}, member.caller);
});

test('ACC-44: a device that revokes itself hears the answer before it is ended', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  await addDevice(world, member.person.recoveryPhrase);
  const change = await revocation(world, member, member.device.deviceId);
  await world.call(accounts.publishDeviceStatement, change, member.caller);
  assert.deepEqual(world.sessions.ended, []);
  await assert.rejects(world.call(accounts.getMe, {}, member.caller), refusal('device_revoked'));
  await new Promise(setImmediate);
  assert.equal(world.sessions.ended.length, 1);
});

test('ACC-41: replayed, forked and gapped statements change nothing', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const { recoveryPhrase } = member.person;
  const phone = await addDevice(world, recoveryPhrase, 'phone');
  const fork = await revocation(world, member, phone.device.deviceId);
  const tablet = await recovered(world, recoveryPhrase, 'tablet');
  await world.call(accounts.publishDeviceStatement, tablet, member.caller);
  const afterTablet = await revocation(world, member, tablet.device.deviceId);
  await world.call(accounts.publishDeviceStatement, afterTablet, member.caller);
  const other = await signUp(world);
  const wrong = [
    ['a fork of the third statement', fork, 'conflict'],
    [
      'the first statement as the next',
      { ...fork, statement: other.person.statement },
      'statement_invalid',
    ],
    ['bytes', { ...fork, statement: new Uint8Array(100) }, 'statement_invalid'],
  ] as const;
  for (const [what, change, code] of wrong) {
    const call = world.call(accounts.publishDeviceStatement, change, member.caller);
    await assert.rejects(call, refusal(code), what);
  }
  await world.call(accounts.publishDeviceStatement, tablet, member.caller);
  assert.equal(await statements(world, member.caller.accountId), 4);
  assert.equal(await storedRevision(world, member.caller.account), 4);
});

test('ACC-41: a list that went another way elsewhere is not continued here', async (t) => {
  const world = openWorld(t);
  const elsewhere = openWorld(t);
  const member = await signUp(world);
  await elsewhere.call(accounts.signUp, await signUpRequest(elsewhere, member.person));
  await addDevice(world, member.person.recoveryPhrase);
  await addDevice(elsewhere, member.person.recoveryPhrase, 'another phone');
  const third = await recovered(elsewhere, member.person.recoveryPhrase, 'third');
  const call = world.call(accounts.publishDeviceStatement, third, member.caller);
  await assert.rejects(call, refusal('statement_invalid'));
});

test('ACC-41: a device cannot publish for another account', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const other = await signUp(world);
  const change = await recovered(world, member.person.recoveryPhrase);
  const call = world.call(accounts.publishDeviceStatement, change, other.caller);
  await assert.rejects(call, refusal('statement_invalid'));
  assert.equal(await statements(world, other.caller.accountId), 1);
});

test('ACC-42: of two changes at once one is stored, with its own vault', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const changes = [
    await recovered(world, member.person.recoveryPhrase, 'one'),
    await recovered(world, member.person.recoveryPhrase, 'two'),
  ];
  const outcomes = await Promise.allSettled(
    changes.map((change) => world.call(accounts.publishDeviceStatement, change, member.caller)),
  );
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const lost = outcomes.find((outcome) => outcome.status === 'rejected');
  assert.ok(refusal('conflict')(lost?.reason));
  assert.equal(await statements(world, member.caller.accountId), 2);
  assert.equal(await storedRevision(world, member.caller.account), 2);
  const won = changes[outcomes.findIndex(({ status }) => status === 'fulfilled')];
  const { vault } = await world.call(accounts.getVault, {}, member.caller);
  assert.deepEqual(vault, won?.vault);
});

test('ACC-42: a statement with a vault of another revision or list is not stored', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const change = await recovered(world, member.person.recoveryPhrase);
  const rotated = await rotation(world, member);
  for (const vault of [member.person.vault, rotated.vault]) {
    const call = world.call(accounts.publishDeviceStatement, { ...change, vault }, member.caller);
    await assert.rejects(call, refusal('vault_stale'));
  }
  assert.equal(await statements(world, member.caller.accountId), 1);
  assert.equal(await storedRevision(world, member.caller.account), 1);
});

test('ACC-40: a device list is read from any number, unknown accounts have none', async (t) => {
  const world = openWorld(t);
  const { person, caller } = await signUp(world);
  await addDevice(world, person.recoveryPhrase);
  const { accountId } = caller;
  const rest = await world.call(accounts.getDeviceList, { accountId, afterNumber: 1 });
  assert.equal(rest.statements.length, 1);
  assert.equal(rest.more, false);
  const none = await world.call(accounts.getDeviceList, { accountId, afterNumber: limits.maxSeq });
  assert.deepEqual(none.statements, []);
  const unknown = world.call(accounts.getDeviceList, { accountId: '0'.repeat(64) });
  await assert.rejects(unknown, refusal('not_found'));
});

test('ACC-40: a long device list comes in pages', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  const rows = Array.from({ length: 900 }, (_, at) => ({
    account: caller.account,
    number: at + 2,
    statement: new Uint8Array(1_600).fill(at),
  }));
  for (const row of rows) {
    await world.storage.db.insertInto('device_statements').values(row).execute();
  }
  const { accountId } = caller;
  let afterNumber = 0;
  let pages = 0;
  for (;;) {
    const page = await world.call(accounts.getDeviceList, { accountId, afterNumber });
    afterNumber += page.statements.length;
    pages += 1;
    if (!page.more) break;
  }
  assert.equal(afterNumber, 901);
  assert.equal(pages, 3);
});

test('ACC-43: an account has twenty devices if it wants', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  for (let count = 1; count < 20; count++) {
    const change = await recovered(world, member.person.recoveryPhrase, `device ${count}`);
    await world.call(accounts.publishDeviceStatement, change, member.caller);
  }
  assert.equal(await statements(world, member.caller.accountId), 20);
});

test('ACC-52: the vault is found by phrase only', async (t) => {
  const world = openWorld(t);
  const { person } = await signUp(world);
  const other = await signUp(world);
  const found = await world.call(
    accounts.findVault,
    await findVaultRequest(world, person.recoveryPhrase),
  );
  assert.equal(found.accountId, person.accountId);
  assert.deepEqual(found.vault, person.vault);
  assert.deepEqual(found.statements, [person.statement]);
  const right = await findVaultRequest(world, person.recoveryPhrase);
  const foreign = await findVaultRequest(world, other.person.recoveryPhrase);
  const wrong = {
    'unknown locator': { ...right, locator: new Uint8Array(16).fill(9) },
    'signature of another phrase': { ...foreign, locator: right.locator },
  };
  const messages = new Set<string>();
  for (const [what, request] of Object.entries(wrong)) {
    const error = await world.call(accounts.findVault, request).catch((thrown: unknown) => thrown);
    assert.ok(refusal('phrase_invalid')(error), what);
    messages.add(String(error));
  }
  assert.equal(messages.size, 1);
});

test('ACC-52: a used answer finds nothing, and the phrase of a suspended account only the reason', async (t) => {
  const world = openWorld(t);
  const { person } = await signUp(world);
  const request = await findVaultRequest(world, person.recoveryPhrase);
  await world.call(accounts.findVault, request);
  await assert.rejects(world.call(accounts.findVault, request), refusal('challenge_invalid'));
  const change = await recovered(world, person.recoveryPhrase);
  await world.call(admin.suspendAccount, { account: person.accountId, reason: 'spam' }, operator);
  const again = await findVaultRequest(world, person.recoveryPhrase);
  await assert.rejects(world.call(accounts.findVault, again), refusal('suspended'));
  const addition = await addDeviceRequest(world, change);
  await assert.rejects(world.call(accounts.addDevice, addition), refusal('suspended'));
});

test('ACC-46: an account lists its devices with names and when they were last active', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const { person, caller } = member;
  const phone = await addDevice(world, person.recoveryPhrase);
  const listed = async () => (await world.call(accounts.listDevices, {}, caller)).devices;
  const started = world.runtime.now() / 1_000;
  world.runtime.advance(90_000);
  await world.call(accounts.signIn, await signInRequest(world, phone.device));
  await world.accounts.stop();
  const times = async () =>
    (await listed()).map(({ lastActiveAt }) => Number(lastActiveAt?.seconds) - started);
  assert.deepEqual(await times(), [0, 60], 'to the minute');
  world.live.add(caller.deviceId);
  assert.deepEqual(await times(), [60, 60], 'a device that holds a connection is active now');
  const revoked = await revocation(world, member, phone.caller.deviceId);
  await world.call(accounts.publishDeviceStatement, revoked, caller);
  world.accounts.deviceLeft(phone.caller.deviceId);
  await world.accounts.stop();
  const left = await world.storage.db.selectFrom('device_activity').selectAll().execute();
  assert.deepEqual(
    left.map((row) => row.device_id),
    [caller.deviceId],
    'nothing is kept of a revoked device',
  );
  assert.equal((await listed()).length, 1);
});

test('ACC-47: a device is renamed by its account, and only by it', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  const { caller: stranger } = await signUp(world);
  const rename = (name: string, by = caller) =>
    world.call(accounts.renameDevice, { deviceId: caller.deviceId, name }, by);
  await rename('Kitchen tablet');
  const { devices } = await world.call(accounts.listDevices, {}, caller);
  assert.equal(devices[0]?.name, 'Kitchen tablet');
  assert.ok(world.changedAccounts.includes(caller.accountId));
  await assert.rejects(rename('Mine now', stranger), refusal('not_found'));
  for (const name of ['', ' ', 'a\nb', 'x'.repeat(65)]) {
    const code = name.length > 64 ? 'too_large' : 'invalid_argument';
    await assert.rejects(rename(name), refusal(code));
  }
});
