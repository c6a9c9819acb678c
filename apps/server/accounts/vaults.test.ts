import assert from 'node:assert/strict';
import test from 'node:test';
import { replaceRecoveryPhrase } from '@heliogram/crypto';
import { ed25519Verifier } from './index.ts';
import { addDevice, findVaultRequest, rotation, signUp } from './tests/person.ts';
import { accountsMethods as accounts, openWorld, refusal } from './tests/world.ts';

test('ACC-50: the next revision replaces the vault, once', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const one = await rotation(world, member);
  const two = await rotation(world, member);
  await world.call(accounts.putVault, one, member.caller);
  await assert.rejects(world.call(accounts.putVault, two, member.caller), refusal('vault_stale'));
  await world.call(accounts.putVault, one, member.caller);
  const { vault } = await world.call(accounts.getVault, {}, member.caller);
  assert.deepEqual(vault, one.vault);
  const me = await world.call(accounts.getMe, {}, member.caller);
  assert.equal(me.vaultRevision, 2);
});

test('ACC-50: of two replacements at once one is stored', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const both = [await rotation(world, member), await rotation(world, member)];
  const outcomes = await Promise.allSettled(
    both.map((change) => world.call(accounts.putVault, change, member.caller)),
  );
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('ACC-51: rolled back, foreign, broken vaults and one for an older list are refused', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const other = await signUp(world);
  const forOldList = await rotation(world, member);
  await addDevice(world, member.person.recoveryPhrase);
  const next = await rotation(world, member);
  const broken = Uint8Array.from(next.vault);
  broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
  const wrong: [string, Uint8Array, string][] = [
    ['the first revision', member.person.vault, 'vault_stale'],
    ['for an older list', forOldList.vault, 'vault_stale'],
    ['of another account', other.person.vault, 'invalid_argument'],
    ['with a broken signature', broken, 'invalid_argument'],
    ['bytes', new Uint8Array(500), 'invalid_argument'],
  ];
  for (const [what, vault, code] of wrong) {
    const call = world.call(accounts.putVault, { vault }, member.caller);
    await assert.rejects(call, refusal(code), what);
  }
  await world.call(accounts.putVault, next, member.caller);
});

test('ACC-53: a new phrase finds the vault, the old one no more', async (t) => {
  const world = openWorld(t);
  const member = await signUp(world);
  const { vault } = await world.call(accounts.getVault, {}, member.caller);
  const change = await replaceRecoveryPhrase({
    opener: member.device,
    vault,
    statements: [member.person.statement],
    verifier: ed25519Verifier,
    random: (length) => world.runtime.randomBytes(length),
  });
  await world.call(accounts.putVault, change, member.caller);
  const now = await findVaultRequest(world, change.recoveryPhrase);
  const found = await world.call(accounts.findVault, now);
  assert.deepEqual(found.vault, change.vault);
  const before = await findVaultRequest(world, member.person.recoveryPhrase);
  await assert.rejects(world.call(accounts.findVault, before), refusal('phrase_invalid'));
});
