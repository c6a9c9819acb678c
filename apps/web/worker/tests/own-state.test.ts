import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { contentLimits } from '@heliogram/content';
import { newChannel, post, signedIn, signUp } from './acts.ts';
import { type Disk, newDisk, openTab, serve, type Tab } from './world.ts';

/** Two browsers of one account with two channels. */
async function twoBrowsers(t: TestContext) {
  const { origin } = await serve(t);
  const open = async (disk = newDisk()) => ({ disk, tab: await openTab(t, origin, disk) });
  const desk = await open();
  const { recoveryPhrase: phrase } = await signUp(desk.tab, 'Ada');
  await signedIn(desk.tab);
  const channels = [await newChannel(desk.tab, 'First'), await newChannel(desk.tab, 'Second')];
  const phone = await open();
  await phone.tab.bridge.call('recover', { phrase, deviceName: 'phone' });
  await signedIn(phone.tab);
  await phone.tab.until('chats', null, ({ chats }) => chats.length === 2);
  const [first = '', second = ''] = channels;
  return { origin, desk, phone, first, second };
}

const write = ({ bridge }: Tab, conversationId: string, text: string) =>
  bridge.call('saveDraft', { conversationId, text });

const written = ({ until }: Tab, conversationId: string, text: string) =>
  until('draft', { conversationId }, ({ draft }) => draft.text === text);

const pin = ({ bridge }: Tab, conversationId: string, pinned = true) =>
  bridge.call('setPinnedChat', { conversationId, pinned });

const onTop = ({ until }: Tab, ...ids: readonly string[]) =>
  until('chats', null, ({ chats }) => {
    const top = chats.filter(({ pinned }) => pinned).map(({ conversationId }) => conversationId);
    return top.join() === ids.join();
  });

test('OWN-13: a draft goes along from device to device, its files stay; what was posted is no draft anywhere', async (t) => {
  const { desk, phone, first } = await twoBrowsers(t);
  await write(desk.tab, first, 'Half a thought');
  await written(phone.tab, first, 'Half a thought');
  await phone.tab.until('chats', null, ({ chats }) =>
    chats.some(({ draft }) => draft === 'Half a thought'),
  );
  const file = new File(['words'], 'words.txt', { type: 'text/plain' });
  await phone.tab.bridge.call('addUpload', { conversationId: first, file, as: 'file' });
  await write(phone.tab, first, 'A whole thought');
  await written(desk.tab, first, 'A whole thought');
  await write(desk.tab, first, 'Another');
  const { draft } = await phone.tab.until(
    'draft',
    { conversationId: first },
    (event) => event.draft.text === 'Another',
  );
  assert.equal(draft.uploads.length, 1);
  await post(desk.tab, first, 'Another');
  await written(phone.tab, first, '');
});

test('OWN-13: what is pinned stands on top everywhere, in one order', async (t) => {
  const { desk, phone, first, second } = await twoBrowsers(t);
  await pin(desk.tab, second);
  await onTop(phone.tab, second);
  await pin(phone.tab, first);
  await Promise.all([desk, phone].map(({ tab }) => onTop(tab, second, first)));
  await pin(phone.tab, second, false);
  await onTop(desk.tab, first);
});

test('OWN-13: what devices wrote apart comes together when both are back', async (t) => {
  const { origin, desk, phone, first, second } = await twoBrowsers(t);
  await write(desk.tab, first, 'of the desk');
  await written(phone.tab, first, 'of the desk');
  await desk.tab.close();
  await write(phone.tab, first, 'of the phone, later');
  await pin(phone.tab, second);
  // The phone is closed before it has sent anything.
  await phone.tab.close();
  desk.tab = await openTab(t, origin, desk.disk);
  await written(desk.tab, first, 'of the desk');
  await write(desk.tab, second, 'only here');
  phone.tab = await openTab(t, origin, phone.disk);
  await written(phone.tab, first, 'of the phone, later');
  await Promise.all([written(desk.tab, first, 'of the phone, later'), onTop(desk.tab, second)]);
  await written(phone.tab, second, 'only here');
});

test('OWN-13: drafts and pins of before there was anything to share are shared; signing out keeps nothing here', async (t) => {
  const { origin, desk, phone, first, second } = await twoBrowsers(t);
  await desk.tab.close();
  await beforeSharing(desk.disk, first);
  desk.tab = await openTab(t, origin, desk.disk);
  await Promise.all([written(phone.tab, first, 'from before'), onTop(phone.tab, first)]);
  await pin(phone.tab, second);
  await onTop(desk.tab, first, second);
  await desk.tab.bridge.call('signOut', null);
  assert.deepEqual(await desk.disk.store.ownState.all(), []);
  assert.deepEqual(await desk.disk.store.chats.locals(), []);
});

test('OWN-14: what was left by a closed page gives way to what was written or emptied since', async (t) => {
  const { desk, phone, first } = await twoBrowsers(t);
  const left = (text: string, writtenAt: number) =>
    desk.tab.bridge.call('saveDraft', { conversationId: first, text, writtenAt });
  const before = Date.now();
  await left('left behind', before);
  await written(desk.tab, first, 'left behind');
  await left('older', before - 1);
  await written(phone.tab, first, 'left behind');
  await write(phone.tab, first, '');
  await written(desk.tab, first, '');
  await left('risen again', before + 1);
  await written(desk.tab, first, '');
});

test('OWN-13: a draft that a post can hold goes along whatever stands in it; of a longer one its writer hears that it stays', async (t) => {
  const { origin, desk, phone, first } = await twoBrowsers(t);
  const quotes = `"\\\n\u0001`.repeat(contentLimits.maxTextBytes / 4);
  await write(desk.tab, first, quotes);
  await written(phone.tab, first, quotes);
  const isOnlyHere = ({ until }: Tab, onlyHere: boolean) =>
    until('draft', { conversationId: first }, (event) => (event.onlyHere ?? false) === onlyHere);
  const tooLong = 'x'.repeat(65_536);
  await write(desk.tab, first, tooLong);
  await isOnlyHere(desk.tab, true);
  await desk.tab.close();
  desk.tab = await openTab(t, origin, desk.disk);
  const { draft } = await isOnlyHere(desk.tab, true);
  assert.equal(draft.text, tooLong);
  await written(phone.tab, first, quotes);
  await write(desk.tab, first, 'Short again');
  await isOnlyHere(desk.tab, false);
  await written(phone.tab, first, 'Short again');
});

async function beforeSharing({ store }: Disk, conversationId: string): Promise<void> {
  const text = { text: 'from before', replyTo: null, editing: null, attachments: [] };
  const draft = { ...text, changedAt: 1_700_000_000_000 };
  await store.chats.setLocal(conversationId, { draft, pinOrder: 1 });
}
