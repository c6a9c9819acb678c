import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Platform } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { newChannel, signedIn, signUp } from './acts.ts';
import { newDisk, openTab, serve } from './world.ts';

const deviceName = 'test';

/** A network that cuts the link a moment after each request of a method, so that no answer comes. */
function losingAnswers(...methods: readonly string[]): {
  readonly platform: Platform;
  readonly lost: () => number;
  heal(): void;
} {
  let [lost, broken] = [0, true];
  const open: Platform['transport']['open'] = (url, events) => {
    let deaf = false;
    const link = nodePlatform.transport.open(url, {
      ...events,
      frame: (bytes) => {
        if (!deaf) events.frame(bytes);
      },
    });
    return {
      ...link,
      close: () => link.close(),
      send: (frame) => {
        link.send(frame);
        const asked = methods.some((method) => Buffer.from(frame).includes(method));
        if (!broken || !asked) return;
        deaf = true;
        lost++;
        // Long enough for the server to have done it.
        setTimeout(400).then(() => link.close());
      },
    };
  };
  return {
    platform: { ...nodePlatform, transport: { open } },
    lost: () => lost,
    heal: () => {
      broken = false;
    },
  };
}

test('WEB-12: a sign-up whose answers are all lost keeps keys and phrase; tried again it is the same account', async (t) => {
  const { origin } = await serve(t);
  const network = losingAnswers('AccountsService/SignUp', 'AccountsService/GetDeviceList');
  const disk = { ...newDisk(), platform: network.platform };
  const first = await openTab(t, origin, disk);
  const account = { name: 'Ada', username: 'ada_the_first', deviceName };
  await assert.rejects(first.bridge.call('signUp', account), { code: 'unavailable' });
  assert.ok(network.lost() >= 3, `${network.lost()} answers were lost`);
  const left = await first.until('session', null, (view) => view.phase === 'signed-out');
  assert.deepEqual(left.phase === 'signed-out' && left.unfinished, {
    name: 'Ada',
    username: 'ada_the_first',
  });
  const kept = (await disk.unanswered.all())[0]?.made;
  assert.ok(kept);
  await first.close();
  network.heal();
  // The app is opened again, and another name is typed.
  const second = await openTab(t, origin, disk);
  const { recoveryPhrase } = await second.bridge.call('signUp', { ...account, name: 'Ada L.' });
  assert.equal(recoveryPhrase, kept.recoveryPhrase);
  const here = await second.until(
    'session',
    null,
    (view) => view.phase === 'signed-in' && view.me.name === 'Ada L.',
  );
  assert.equal(here.phase === 'signed-in' && here.me.accountId, kept.keys.accountId);
  assert.equal(here.phase === 'signed-in' && here.me.username, 'ada_the_first');
  assert.deepEqual(await disk.unanswered.all(), []);
  const other = await openTab(t, origin, newDisk());
  await other.bridge.call('recover', { phrase: recoveryPhrase, deviceName: 'other' });
  const devices = await other.bridge.call('listDevices', null);
  assert.deepEqual(
    devices.map(({ name }) => name),
    [deviceName, 'other'],
  );
});

test('WEB-12: a sign-up whose answers are lost goes on when the list of the account has the device', async (t) => {
  const { origin } = await serve(t);
  const network = losingAnswers('AccountsService/SignUp');
  const tab = await openTab(t, origin, { ...newDisk(), platform: network.platform });
  const { recoveryPhrase: phrase } = await signUp(tab, 'Ada');
  assert.ok(network.lost() >= 3, `${network.lost()} answers were lost`);
  await signedIn(tab);
  const other = await openTab(t, origin, newDisk());
  await other.bridge.call('recover', { phrase, deviceName });
});

test('WEB-12: a sign-up that the server refused at once leaves nothing behind', async (t) => {
  const { origin } = await serve(t);
  await signUp(await openTab(t, origin, newDisk()), 'Ada');
  const disk = newDisk();
  const tab = await openTab(t, origin, disk);
  const account = { name: 'Ben', username: 'admin', deviceName };
  await assert.rejects(tab.bridge.call('signUp', account), { code: 'username_invalid' });
  assert.deepEqual(await disk.unanswered.all(), []);
  assert.deepEqual(await disk.keys.all(), []);
  await signUp(tab, 'Ben');
});

test('WEB-12: a recovery whose answer was lost goes on when the list has the device', async (t) => {
  const { origin } = await serve(t);
  const first = await openTab(t, origin, newDisk());
  const { recoveryPhrase: phrase } = await signUp(first, 'Ada');
  const network = losingAnswers('AccountsService/AddDevice');
  const second = await openTab(t, origin, { ...newDisk(), platform: network.platform });
  await second.bridge.call('recover', { phrase, deviceName: 'second' });
  assert.equal(network.lost(), 1);
  await signedIn(second);
  assert.equal((await first.bridge.call('listDevices', null)).length, 2);
});

test('WEB-13: an account that was deleted elsewhere is said to be gone; keys go when a person says so, not before', async (t) => {
  const { origin } = await serve(t);
  const [mine, other] = [newDisk(), newDisk()];
  const first = await openTab(t, origin, mine);
  const { recoveryPhrase: phrase } = await signUp(first, 'Ada');
  await newChannel(first, 'Mine');
  const second = await openTab(t, origin, other);
  await second.bridge.call('recover', { phrase, deviceName: 'second' });
  await second.bridge.call('deleteAccount', null);
  await first.until(
    'session',
    null,
    (view) => view.phase === 'signed-in' && view.suspended?.code === 'gone',
  );
  await first.close();
  // Opened later, the server no longer knows the device at all.
  const again = await openTab(t, origin, mine);
  await again.until(
    'session',
    null,
    (view) => view.phase === 'signed-in' && view.suspended?.code === 'gone',
  );
  await setTimeout(300);
  assert.equal((await mine.keys.all()).length, 1);
  assert.deepEqual(await again.bridge.call('signOut', null), { removed: false });
  const left = await again.until('session', null, ({ phase }) => phase === 'signed-out');
  assert.equal(left.phase === 'signed-out' && left.ended?.code, 'gone');
  assert.deepEqual(await mine.keys.all(), []);
  assert.deepEqual(await mine.store.chats.all(), []);
});

test('WEB-14: whoever signs out takes this device off the list of the account, and is told where that could not be', async (t) => {
  const server = await serve(t);
  const [mine, other] = [newDisk(), newDisk()];
  const first = await openTab(t, server.origin, mine);
  const { recoveryPhrase: phrase } = await signUp(first, 'Ada');
  const second = await openTab(t, server.origin, other);
  await second.bridge.call('recover', { phrase, deviceName: 'second' });
  await signedIn(second);
  assert.deepEqual(await second.bridge.call('signOut', null), { removed: true });
  const left = await second.until('session', null, ({ phase }) => phase === 'signed-out');
  assert.equal(left.phase === 'signed-out' && left.ended, undefined);
  assert.deepEqual(await other.keys.all(), []);
  assert.equal((await first.bridge.call('listDevices', null)).length, 1);
  // The last one too: the phrase opens the account all the same.
  assert.deepEqual(await first.bridge.call('signOut', null), { removed: true });
  await second.bridge.call('recover', { phrase, deviceName: 'third' });
  const devices = await second.bridge.call('listDevices', null);
  assert.deepEqual(
    devices.map(({ name }) => name),
    ['third'],
  );
  server.stop();
  await second.until(
    'session',
    null,
    (view) => view.phase === 'signed-in' && view.reach === 'offline',
  );
  assert.deepEqual(await second.bridge.call('signOut', null), { removed: false });
  assert.deepEqual(await other.keys.all(), []);
});
