import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { limits, username } from '@heliogram/protocol';
import { openWorld, refusal } from './tests/world.ts';
import {
  claimUsername,
  isClaimable,
  MAX_QUARANTINED_PER_ACCOUNT,
  releaseUsername,
  usernameHolder,
  usernameState,
} from './usernames.ts';

const QUARANTINE_MS = limits.usernameQuarantineDays * 86_400_000;
const START = 1_000_000;

function openNames(t: TestContext) {
  const { storage } = openWorld(t);
  return {
    db: storage.db,
    storage,
    claim: (name: string, account: number, now = START) =>
      storage.transaction((database) =>
        claimUsername(database, { username: name, holder: { account }, by: account, now }),
      ),
    release: (name: string, account: number, now = START) =>
      storage.transaction((database) =>
        releaseUsername(database, { username: name, by: account, now }),
      ),
  };
}

test('ACC-20: a username is 5 to 32 of a to z, digits and underscore', async (t) => {
  const { claim } = openNames(t);
  assert.equal(await claim('@Ada_1815', 1), 'ada_1815');
  const wrong = [
    '',
    'abcd',
    'a'.repeat(33),
    'ada lovelace',
    'ada-l',
    'ádám_',
    'adа_cyr',
    'ada.l',
    '@@adal',
  ];
  for (const name of wrong) {
    await assert.rejects(claim(name, 2), refusal('username_invalid'), name);
  }
});

test('ACC-20: names that speak for the house are reserved', async (t) => {
  const { claim } = openNames(t);
  for (const name of [
    'admin',
    'Heliogram',
    'support',
    'sup_port',
    '_support_',
    'heliogram_1',
    'admin007',
  ]) {
    await assert.rejects(claim(name, 1), refusal('username_invalid'), name);
  }
  await claim('supporters', 1);
});

test('ACC-21: accounts and channels share one namespace', async (t) => {
  const { claim, db, storage } = openNames(t);
  await claim('ada_l', 1);
  await claim('ada_l', 1);
  await assert.rejects(claim('ada_l', 2), refusal('username_taken'));
  await assert.rejects(claim('ADA_L', 2), refusal('username_taken'));
  const byChannel = storage.transaction((database) =>
    claimUsername(database, { username: 'ada_l', holder: { conversation: 1 }, by: 1, now: START }),
  );
  await assert.rejects(byChannel, refusal('username_taken'));
  assert.deepEqual(await usernameHolder(db, '@ada_l'), { account: 1 });
});

test('ACC-21: of many concurrent claims one gets the name', async (t) => {
  const { claim } = openNames(t);
  const claims = Array.from({ length: 20 }, (_, at) => claim('wanted', at + 1));
  const outcomes = await Promise.allSettled(claims);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('ACC-22: a released name is quarantined for others for 365 days', async (t) => {
  const { claim, release, db } = openNames(t);
  await claim('ada_l', 1);
  assert.equal(await usernameState(db, 'ada_l', START), 'held');
  await release('ada_l', 1);
  assert.equal(await usernameState(db, 'ada_l', START), 'quarantined');
  assert.equal(await usernameHolder(db, 'ada_l'), undefined);
  await assert.rejects(claim('ada_l', 2, START + QUARANTINE_MS - 1), refusal('username_taken'));
  assert.equal(await usernameState(db, 'ada_l', START + QUARANTINE_MS), 'free');
  await claim('ada_l', 2, START + QUARANTINE_MS);
  assert.deepEqual(await usernameHolder(db, 'ada_l'), { account: 2 });
});

test('ACC-22: whoever released a name may take it back', async (t) => {
  const { claim, release, db } = openNames(t);
  await claim('ada_l', 1);
  await release('ada_l', 1);
  const name = username('ada_l');
  assert.equal(await isClaimable(db, { username: name, by: 1, now: START }), true);
  assert.equal(await isClaimable(db, { username: name, by: 2, now: START }), false);
  assert.equal(await isClaimable(db, { username: name, by: null, now: START }), false);
  await claim('ada_l', 1);
  assert.equal(await usernameState(db, 'ada_l', START), 'held');
});

test('ACC-22: releasing a quarantined name again moves neither its time nor its owner', async (t) => {
  const { claim, release, db } = openNames(t);
  await claim('ada_l', 1);
  await release('ada_l', 1);
  await release('ada_l', 2, START + QUARANTINE_MS - 1);
  assert.equal(await usernameState(db, 'ada_l', START + QUARANTINE_MS), 'free');
  await assert.rejects(claim('ada_l', 2), refusal('username_taken'));
});

test('ACC-26: an account keeps at most 12 names in quarantine', async (t) => {
  const { claim, release } = openNames(t);
  for (let count = 0; count < MAX_QUARANTINED_PER_ACCOUNT; count++) {
    await claim(`burnt_${count}`, 1);
    await release(`burnt_${count}`, 1);
  }
  await assert.rejects(claim('one_more', 1), refusal('limit_reached'));
  await claim('burnt_0', 1);
  await claim('one_more', 2);
  await claim('one_more_1', 1, START + QUARANTINE_MS);
});
