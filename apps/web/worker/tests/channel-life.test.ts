import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { ConversationSummarySchema } from '@heliogram/protocol';
import type { ChatListView } from '../../bridge/contract/chats.ts';
import { newChannel, newId, post, signedIn, signUp, watchLog } from './acts.ts';
import { type Disk, newDisk, openTab, serve, type Tab } from './world.ts';

function titles({ chats }: ChatListView): readonly string[] {
  return chats.map(({ title }) => title);
}

/** Resolves once the newest post of a chat is kept on the disk. */
async function keptLast({ store }: Disk, conversationId: string): Promise<void> {
  for (;;) {
    const [kept] = await store.chats.get([conversationId]);
    if (kept?.summary && fromBinary(ConversationSummarySchema, kept.summary).last) return;
    await setTimeout(50);
  }
}

test('a channel is published, followed, read live, edited and deleted through the worker', async (t) => {
  const { origin } = await serve(t);
  const ada = await openTab(t, origin, newDisk());
  const ben = await openTab(t, origin, newDisk());
  const { recoveryPhrase } = await signUp(ada, 'Ada');
  assert.equal(recoveryPhrase.split(' ').length, 24);
  await signUp(ben, 'Ben');
  await signedIn(ada);
  const { conversationId } = await ada.bridge.call('createChannel', {
    title: 'Morning',
    description: '',
    username: 'morning',
    unlisted: false,
  });
  assert.deepEqual(await ben.bridge.call('resolve', { username: 'morning' }), {
    kind: 'channel',
    conversationId,
  });
  await ben.bridge.call('follow', { conversationId });
  await ben.until('chats', null, (view) => titles(view).includes('Morning'));
  const log = watchLog(ben, conversationId);
  await log.until(() => log.events.length > 0);
  await post(ada, conversationId, 'Good **morning**.');
  await log.until(() => log.texts().includes('Good **morning**.'));
  const list = await ben.until('chats', null, ({ chats }) => chats[0]?.unread === 1);
  assert.equal(list.chats[0]?.last?.text, 'Good morning.');
  const [first] = log.posts.values();
  assert.ok(first);
  assert.equal(first.author, undefined);
  await ada.bridge.call('editPost', {
    id: newId(),
    conversationId,
    seq: first.seq,
    text: 'Good evening.',
  });
  await log.until(() => log.posts.get(first.seq)?.text === 'Good evening.');
  assert.ok(log.posts.get(first.seq)?.editedAt);
  await ben.bridge.call('react', { conversationId, seq: first.seq, emoji: '👍' });
  await log.until(() => log.posts.get(first.seq)?.reactions[0]?.mine === true);
  await ben.bridge.call('markRead', { conversationId, seq: first.seq });
  await ben.until('chats', null, ({ chats }) => chats[0]?.unread === 0);
  await ada.bridge.call('deletePosts', {
    id: newId(),
    conversationId,
    seqs: [first.seq],
    afterMs: 0,
  });
  await log.until(() => log.posts.get(first.seq)?.deleted === true);
  await ben.until('chats', null, ({ chats }) => chats[0]?.last === undefined);
});

test('a deleted post leaves the preview to the one before it', async (t) => {
  const { origin } = await serve(t);
  const ada = await openTab(t, origin, newDisk());
  await signUp(ada, 'Ada');
  const conversationId = await newChannel(ada, 'Morning', 'morning');
  const log = watchLog(ada, conversationId);
  await post(ada, conversationId, 'stays');
  await log.until(() => log.texts().includes('stays'));
  await post(ada, conversationId, 'goes');
  await ada.until('chats', null, ({ chats }) => chats[0]?.last?.text === 'goes');
  const [gone] = [...log.posts.values()].filter(({ text }) => text === 'goes');
  assert.ok(gone);
  const deletion = { id: newId(), conversationId, seqs: [gone.seq], afterMs: 0 };
  await ada.bridge.call('deletePosts', deletion);
  await ada.until('chats', null, ({ chats }) => chats[0]?.last?.text === 'stays');
});

test('CHN-24: caption and time of a scheduled post are changed, its file stays', async (t) => {
  const { origin } = await serve(t);
  const ada = await openTab(t, origin, newDisk());
  await signUp(ada, 'Ada');
  const conversationId = await newChannel(ada, 'Later', 'for_later');
  const file = new File(['the programme'], 'programme.txt', { type: 'text/plain' });
  await ada.bridge.call('addUpload', { conversationId, file, as: 'file' });
  const inAnHour = Date.now() + 3_600_000;
  const post = { conversationId, text: 'The programe', silent: true };
  await ada.bridge.call('postDraft', { id: newId(), ...post, scheduledAt: inAnHour });
  const listed = async () => ada.bridge.call('listScheduled', { conversationId });
  while ((await listed()).length === 0) await setTimeout(50);
  const [first] = await listed();
  assert.ok(first);
  const { scheduledId } = first;
  const edit = { id: newId(), conversationId, scheduledId, text: 'The programme', at: inAnHour };
  await ada.bridge.call('editScheduled', edit);
  const [second, ...others] = await listed();
  assert.ok(second);
  assert.deepEqual(
    [second.text, second.silent, second.attachments[0]?.name, others],
    ['The programme', true, 'programme.txt', []],
  );
  await assert.rejects(ada.bridge.call('editScheduled', { ...edit, id: newId() }), {
    code: 'not_found',
  });
  const log = watchLog(ada, conversationId);
  const soon = { ...edit, id: newId(), scheduledId: second.scheduledId, at: Date.now() + 2_000 };
  await ada.bridge.call('editScheduled', soon);
  await log.until(() => log.posts.size === 1);
  const [posted] = log.posts.values();
  assert.equal(posted?.text, 'The programme');
  assert.equal(posted?.attachments[0]?.name, 'programme.txt');
  assert.deepEqual(await listed(), []);
});

test('WEB-18: a forward leads to its origin for whoever may open it, and names it to the others', async (t) => {
  const { origin } = await serve(t);
  const ada = await openTab(t, origin, newDisk());
  await signUp(ada, 'Ada');
  const open = await newChannel(ada, 'Open', 'the_open');
  const hidden = await newChannel(ada, 'Hidden');
  const target = await newChannel(ada, 'Target', 'the_target');
  const originsSeenBy = async (tab: Tab) => {
    const seen = watchLog(tab, target);
    await seen.until(() => seen.texts().length === 2);
    const origins = () =>
      [...seen.posts.values()].map(({ text, forwardedFrom }) => [
        text,
        forwardedFrom?.title,
        forwardedFrom?.open?.username,
      ]);
    return { seen, origins };
  };
  for (const from of [open, hidden]) {
    const log = watchLog(ada, from);
    await post(ada, from, `of ${from === open ? 'Open' : 'Hidden'}`);
    await log.until(() => log.posts.size === 1 && log.outgoing().length === 0);
    const seqs = [...log.posts.keys()];
    const request = { from: { conversationId: from, seqs }, to: [target], silent: false };
    await ada.bridge.call('forward', { id: newId(), ...request });
  }
  const visitor = await originsSeenBy(await openTab(t, origin, newDisk()));
  await visitor.seen.until(() => visitor.origins()[0]?.[2] === 'the_open');
  await setTimeout(300);
  assert.deepEqual(visitor.origins(), [
    ['of Open', 'Open', 'the_open'],
    ['of Hidden', 'Hidden', undefined],
  ]);
  const owner = await originsSeenBy(ada);
  await owner.seen.until(() => owner.origins()[1]?.[2] === '');
});

test('WEB-7: a file is uploaded and posted, and a tab closed in the middle goes on in the next', async (t) => {
  const { origin } = await serve(t);
  const disk = newDisk();
  const first = await openTab(t, origin, disk);
  await signUp(first, 'Ada');
  const { conversationId } = await first.bridge.call('createChannel', {
    title: 'Files',
    description: '',
    username: '',
    unlisted: true,
  });
  const bytes = randomBytes(9_000_000);
  const file = new File([bytes], 'numbers.bin');
  await first.bridge.call('addUpload', { conversationId, file, as: 'file' });
  await post(first, conversationId, 'With a file.');
  await first.close();
  const second = await openTab(t, origin, disk);
  await signedIn(second);
  const log = watchLog(second, conversationId);
  await log.until(() => log.texts().includes('With a file.'));
  const [shown] = log.posts.values();
  assert.equal(shown?.attachments[0]?.name, 'numbers.bin');
  const response = await fetch(origin + shown?.attachments[0]?.url);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes);
  assert.equal((await disk.files.all()).length, 0);
});

test('WEB-4: a deletion that was undone does not happen; the same post sent twice is posted once', async (t) => {
  const { origin } = await serve(t);
  const ada = await openTab(t, origin, newDisk());
  await signUp(ada, 'Ada');
  const { conversationId } = await ada.bridge.call('createChannel', {
    title: 'Once',
    description: '',
    username: '',
    unlisted: true,
  });
  const id = newId();
  const args = { id, conversationId, text: 'Once.', silent: false };
  await Promise.all([ada.bridge.call('postDraft', args), ada.bridge.call('postDraft', args)]);
  await ada.bridge.call('postDraft', args);
  await post(ada, conversationId, 'Last.');
  const log = watchLog(ada, conversationId);
  await log.until(() => log.texts().includes('Last.'));
  assert.deepEqual(log.texts(), ['Once.', 'Last.']);
  const deletion = newId();
  const seqs = [...log.posts.keys()];
  await ada.bridge.call('deletePosts', { id: deletion, conversationId, seqs, afterMs: 60_000 });
  await ada.bridge.call('undoDelete', { id: deletion });
  await post(ada, conversationId, 'After.');
  await log.until(() => log.texts().includes('After.'));
  assert.equal([...log.posts.values()].filter(({ deleted }) => deleted).length, 0);
});

test('WEB-8: without a server the list and what was read are there, found by search, and a post waits', async (t) => {
  const { origin, stop } = await serve(t);
  const disk = newDisk();
  const online = await openTab(t, origin, disk);
  await signUp(online, 'Ada');
  const { conversationId } = await online.bridge.call('createChannel', {
    title: 'Kept',
    description: '',
    username: '',
    unlisted: true,
  });
  await post(online, conversationId, 'The lighthouse keeper sleeps.');
  const read = watchLog(online, conversationId);
  await read.until(() => read.texts().length === 1);
  await online.until('chats', null, ({ chats }) => chats[0]?.last?.kind === 'text');
  await keptLast(disk, conversationId);
  await online.close();
  stop();
  const offline = await openTab(t, origin, disk);
  const list = await offline.until('chats', null, ({ loaded }) => loaded);
  assert.equal(list.chats[0]?.title, 'Kept');
  assert.equal(list.chats[0]?.last?.text, 'The lighthouse keeper sleeps.');
  const log = watchLog(offline, conversationId);
  await log.until(() => log.texts().includes('The lighthouse keeper sleeps.'));
  const found = await offline.bridge.call('search', { query: 'lighthouse' });
  assert.equal(found.offline, true);
  assert.equal(found.posts[0]?.seq, [...log.posts.keys()][0]);
  await post(offline, conversationId, 'Written without a network.');
  await log.until(() => {
    const last = log.events.at(-1);
    const outgoing = last && 'frame' in last ? last.frame.outgoing : [];
    return outgoing.some(({ text }) => text === 'Written without a network.');
  });
});

test('WEB-4: files chosen at once are all in the post that is sent right behind them, in their order', async (t) => {
  const { origin } = await serve(t);
  const ada = await openTab(t, origin, newDisk());
  await signUp(ada, 'Ada');
  const { conversationId } = await ada.bridge.call('createChannel', {
    title: 'Album',
    description: '',
    username: '',
    unlisted: true,
  });
  const names = ['one.bin', 'two.bin', 'three.bin'];
  const adding = names.map((name) => {
    const file = new File([randomBytes(2_000)], name);
    return ada.bridge.call('addUpload', { conversationId, file, as: 'file' });
  });
  await Promise.all([...adding, post(ada, conversationId, 'All three.')]);
  const log = watchLog(ada, conversationId);
  await log.until(() => log.texts().includes('All three.'));
  const [shown] = log.posts.values();
  assert.deepEqual(
    shown?.attachments.map(({ name }) => name),
    names,
  );
});

test('WEB-4: a post whose file is gone is refused, and does not wait for ever', async (t) => {
  const { origin } = await serve(t);
  const disk = newDisk();
  const first = await openTab(t, origin, disk);
  await signUp(first, 'Ada');
  const { conversationId } = await first.bridge.call('createChannel', {
    title: 'Lost',
    description: '',
    username: '',
    unlisted: true,
  });
  const file = new File([randomBytes(6_000_000)], 'lost.bin');
  await first.bridge.call('addUpload', { conversationId, file, as: 'file' });
  await post(first, conversationId, 'With what is lost.');
  await first.close();
  await disk.files.clear();
  const second = await openTab(t, origin, disk);
  await signedIn(second);
  const log = watchLog(second, conversationId);
  await log.until(() => {
    const last = log.events.at(-1);
    const outgoing = last && 'frame' in last ? last.frame.outgoing : [];
    return outgoing[0]?.failure?.code === 'gone';
  });
});
