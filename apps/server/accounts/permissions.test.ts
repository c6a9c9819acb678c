import assert from 'node:assert/strict';
import test from 'node:test';
import { create, toBinary } from '@bufbuild/protobuf';
import { AccountsService, AdminService, Auth, methodRules } from '@heliogram/protocol';
import { signUp } from './tests/person.ts';
import {
  accountsMethods as accounts,
  adminMethods as admin,
  nobody,
  openWorld,
  operator,
  refusal,
} from './tests/world.ts';

test('ACC-10: every method of a device refuses anonymous callers', async (t) => {
  const world = openWorld(t);
  const methods = AccountsService.methods.filter(
    (method) => methodRules(method).auth === Auth.DEVICE,
  );
  assert.equal(methods.length, 10);
  for (const method of methods) {
    const payload = toBinary(method.input, create(method.input));
    const name = `${method.parent.typeName}/${method.name}`;
    for (const caller of [nobody, operator]) {
      const call = world.dispatcher.call(name, payload, { caller });
      await assert.rejects(call, refusal('unauthenticated'), method.name);
    }
  }
});

test("MOD-9: nobody but the operator reaches the operator's methods", async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  for (const method of AdminService.methods) {
    const payload = toBinary(method.input, create(method.input));
    const name = `${method.parent.typeName}/${method.name}`;
    for (const by of [nobody, caller]) {
      const call = world.dispatcher.call(name, payload, { caller: by });
      await assert.rejects(call, refusal('unsupported'), method.name);
    }
  }
});

test('ACC-10: a suspended account is refused at every call, public ones too, until it is restored', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  const other = await signUp(world);
  await world.call(accounts.getMe, {}, caller);
  await world.call(admin.suspendAccount, { account: caller.accountId, reason: 'spam' }, operator);
  assert.deepEqual(world.sessions.ended, [
    `account ${caller.accountId} suspended this account is suspended: spam`,
  ]);
  const typed = { code: 'suspended', message: 'this account is suspended: spam' };
  await assert.rejects(world.call(accounts.getMe, {}, caller), typed);
  await assert.rejects(world.call(accounts.getProfiles, {}, caller), typed);
  await assert.rejects(world.call(accounts.setUsername, { username: 'ada_l' }, caller), typed);
  await world.call(accounts.getMe, {}, other.caller);
  await world.call(admin.restoreAccount, { account: caller.accountId }, operator);
  await world.call(accounts.getMe, {}, caller);
});

test('ACC-10: the standing of an account that is not there lets nobody act', async (t) => {
  const world = openWorld(t);
  const { caller } = await signUp(world);
  const unknown = { ...caller, account: 999 };
  await assert.rejects(world.call(accounts.getMe, {}, unknown), refusal('device_revoked'));
  const other = await signUp(world);
  const borrowed = { ...caller, account: other.caller.account };
  await assert.rejects(world.call(accounts.getMe, {}, borrowed), refusal('device_revoked'));
});
