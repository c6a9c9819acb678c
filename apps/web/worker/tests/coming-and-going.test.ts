import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Platform } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import type { SessionView } from '../../bridge/contract/session.ts';
import { newChannel, post, signedIn, signUp, watchLog } from './acts.ts';
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

test('WEB-16: a suspended account reads what is public as a visitor does, until it is restored', async (t) => {
  const server = await serve(t);
  const [ada, mine] = [await openTab(t, server.origin, newDisk()), newDisk()];
  await signUp(ada, 'Ada');
  const news = await newChannel(ada, 'News', 'the_news');
  await post(ada, news, 'before');
  const first = await openTab(t, server.origin, mine);
  await first.bridge.call('signUp', { name: 'Ben', username: 'loud_ben', deviceName });
  const hidden = await newChannel(first, 'Hidden');
  const unread = await newChannel(first, 'Never opened');
  const kept = watchLog(first, hidden);
  await post(first, hidden, 'kept here');
  await kept.until(() => kept.texts().includes('kept here') && kept.outgoing().length === 0);
  await server.operate('suspend', '@loud_ben', '--reason', 'Too loud.');
  const isOut = (view: SessionView) =>
    view.phase === 'signed-in' && view.suspended?.code === 'suspended';
  await first.until('session', null, isOut);
  await first.close();
  // Opened later, nobody is let in from the beginning.
  const tab = await openTab(t, server.origin, mine);
  await tab.until('session', null, isOut);
  const posts = watchLog(tab, news);
  await posts.until(() => posts.texts().includes('before'));
  await post(ada, news, 'live');
  await posts.until(() => posts.texts().includes('live'));
  const { channels } = await tab.bridge.call('listDirectory', { query: '', offset: 0 });
  assert.deepEqual(
    channels.map(({ title }) => title),
    ['News'],
  );
  const own = watchLog(tab, hidden);
  await own.until(() => own.texts().includes('kept here'));
  const rightsAre = (post: boolean) =>
    tab.until(
      'channel',
      { conversationId: hidden },
      (view) => view.state === 'ready' && view.channel.rights.post === post,
    );
  await rightsAre(false);
  const closed = watchLog(tab, unread);
  await closed.until(() => closed.events.some(({ kind }) => kind === 'failed'));
  const last = closed.events.at(-1);
  assert.equal(last?.kind === 'failed' && last.failure.code, 'suspended');
  const mute = { conversationId: hidden, muted: true };
  await assert.rejects(tab.bridge.call('setMuted', mute), { code: 'suspended' });
  await server.operate('restore', '@loud_ben');
  await tab.bridge.call('setMuted', mute);
  await tab.until('session', null, (view) => view.phase === 'signed-in' && !view.suspended);
  await rightsAre(true);
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
