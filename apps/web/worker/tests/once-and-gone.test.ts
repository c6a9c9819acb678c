import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { newDisk, openTab, serve, type Tab } from './world.ts';

const deviceName = 'test';

async function newChannel({ bridge }: Tab): Promise<string> {
  const channel = { title: 'Notes', description: '', username: '', unlisted: true };
  return (await bridge.call('createChannel', channel)).conversationId;
}

test('WEB-5: whoever signs out leaves no key, draft, post or file to the next account', async (t) => {
  const { origin } = await serve(t);
  const disk = newDisk();
  const tab = await openTab(t, origin, disk);
  await tab.bridge.call('signUp', { name: 'Ada', deviceName });
  const conversationId = await newChannel(tab);
  await tab.bridge.call('saveDraft', { conversationId, text: 'Not yet.' });
  const file = new File([randomBytes(1_000)], 'secret.bin');
  await tab.bridge.call('addUpload', { conversationId, file, as: 'file' });
  await tab.bridge.call('signOut', null);
  assert.equal((await disk.files.all()).length, 0);
  assert.equal(await disk.keys.get('device'), undefined);
  assert.deepEqual(await disk.store.chats.locals(), []);
  await tab.until('session', null, ({ phase }) => phase === 'signed-out');
  await tab.bridge.call('signUp', { name: 'Ben', deviceName });
  assert.deepEqual((await tab.until('chats', null, ({ loaded }) => loaded)).chats, []);
});

test('WEB-6: nobody signs up or recovers over an account that is here, and its key stays', async (t) => {
  const { origin } = await serve(t);
  const disk = newDisk();
  const { bridge } = await openTab(t, origin, disk);
  const first = bridge.call('signUp', { name: 'Ada', deviceName });
  await assert.rejects(bridge.call('signUp', { name: 'Ben', deviceName }), { code: 'conflict' });
  const { recoveryPhrase: phrase } = await first;
  const key = await disk.keys.get('device');
  assert.ok(key);
  await assert.rejects(bridge.call('recover', { phrase, deviceName }), { code: 'conflict' });
  assert.deepEqual(await disk.keys.get('device'), key);
});

test('WEB-4: a post that is asked for again takes nothing of the next one along', async (t) => {
  const { origin } = await serve(t);
  const disk = newDisk();
  const { bridge } = await openTab(t, origin, disk);
  await bridge.call('signUp', { name: 'Ada', deviceName });
  const channel = { title: 'Notes', description: '', username: '', unlisted: true };
  const { conversationId } = await bridge.call('createChannel', channel);
  const file = new File([randomBytes(1_000)], 'picture.bin');
  await bridge.call('addUpload', { conversationId, file, as: 'file' });
  const id = randomBytes(16).toString('hex');
  const post = { id, conversationId, text: '', silent: false };
  await bridge.call('postDraft', post);
  await bridge.call('postDraft', post);
  await bridge.call('saveDraft', { conversationId, text: 'The next one.' });
  await bridge.call('postDraft', post);
  const [local] = await disk.store.chats.locals();
  assert.equal(local?.draft?.text, 'The next one.');
});

test('WEB-4: a post is scheduled once, also when the tab died before it wrote down that it was', async (t) => {
  const { origin } = await serve(t);
  const disk = newDisk();
  const first = await openTab(t, origin, disk);
  await first.bridge.call('signUp', { name: 'Ada', deviceName });
  const conversationId = await newChannel(first);
  await first.close();
  const id = randomBytes(16).toString('hex');
  const now = Date.now();
  const kept = JSON.stringify({
    ...{ kind: 'post', id, conversationId, text: 'Tomorrow.', replyTo: null, uploads: [] },
    ...{ silent: false, scheduledAt: now + 86_400_000, queuedAt: now, appendId: id },
  });
  for (const attempt of ['first', 'after the crash']) {
    await disk.store.records.put('dispatch', new Map([[id, kept]]));
    const tab = await openTab(t, origin, disk);
    const isDone = async () => (await disk.store.records.get('dispatch', [id])).get(id) !== kept;
    while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 50));
    const scheduled = await tab.bridge.call('listScheduled', { conversationId });
    assert.deepEqual(
      scheduled.map(({ text }) => text),
      ['Tomorrow.'],
      attempt,
    );
    await tab.close();
  }
});

test('WEB-5: a device that the account’s own list says is revoked leaves nothing behind', async (t) => {
  const { origin } = await serve(t);
  const disk = newDisk();
  const lost = await openTab(t, origin, disk);
  const { recoveryPhrase } = await lost.bridge.call('signUp', { name: 'Ada', deviceName: 'lost' });
  const mine = await openTab(t, origin, newDisk());
  await mine.bridge.call('recover', { phrase: recoveryPhrase, deviceName: 'mine' });
  const devices = await mine.bridge.call('listDevices', null);
  const other = devices.find(({ current }) => !current);
  assert.equal(other?.name, 'lost');
  await mine.bridge.call('revokeDevice', { deviceId: other?.deviceId ?? '' });
  const left = await lost.until('session', null, ({ phase }) => phase === 'signed-out');
  assert.equal(left.phase === 'signed-out' && left.ended?.code, 'device_revoked');
  assert.deepEqual(await disk.keys.all(), []);
});
