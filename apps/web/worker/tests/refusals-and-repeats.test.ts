import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { newChannel, newId, post, signedIn, signUp, watchLog } from './acts.ts';
import { newDisk, openTab, serve } from './world.ts';

test('WEB-10: a refused deletion is told, over the death of the tab, until somebody has heard it; the posts stay', async (t) => {
  const { origin } = await serve(t);
  const ada = await openTab(t, origin, newDisk());
  await signUp(ada, 'Ada');
  const conversationId = await newChannel(ada, 'Morning', 'morning_paper');
  await post(ada, conversationId, 'Stays.');
  const disk = newDisk();
  const ben = await openTab(t, origin, disk);
  await signUp(ben, 'Ben');
  await ben.bridge.call('follow', { conversationId });
  const log = watchLog(ben, conversationId);
  await log.until(() => log.texts().includes('Stays.'));
  const [seq = 0] = log.posts.keys();
  const id = newId();
  await ben.bridge.call('deletePosts', { id, conversationId, seqs: [seq], afterMs: 0 });
  const told = await ben.until('refusals', null, (all) => all.length > 0);
  assert.deepEqual(
    told.map(({ failure, ...each }) => ({ ...each, code: failure.code })),
    [{ id, kind: 'delete', conversationId, count: 1, code: 'forbidden' }],
  );
  await log.until(() => log.texts().includes('Stays.'));
  await ben.close();
  const again = await openTab(t, origin, disk);
  await again.until('refusals', null, (all) => all.length === 1);
  await again.bridge.call('forgetRefusal', { id });
  await again.until('refusals', null, (all) => all.length === 0);
  assert.equal((await disk.store.records.all('dispatch')).has(id), false);
});

test('WEB-11: each channel of a forward says how it fared; the same forward again forwards nothing twice', async (t) => {
  const { origin } = await serve(t);
  const ben = await openTab(t, origin, newDisk());
  await signUp(ben, 'Ben');
  const closed = await newChannel(ben, 'Not hers', 'not_hers');
  const disk = newDisk();
  const ada = await openTab(t, origin, disk);
  await signUp(ada, 'Ada');
  const source = await newChannel(ada, 'Source');
  const first = await newChannel(ada, 'First');
  const second = await newChannel(ada, 'Second');
  await post(ada, source, 'One.');
  await post(ada, source, 'Two.');
  const log = watchLog(ada, source);
  await log.until(() => log.texts().length === 2);
  const from = { conversationId: source, seqs: [...log.posts.keys()] };
  const request = { id: newId(), from, to: [first, closed, second], silent: false };
  const states = (outcomes: readonly { state: string; failure?: { code: string } }[]) =>
    outcomes.map(({ state, failure }) => failure?.code ?? state);
  const expected = ['forwarded', 'forbidden', 'forwarded'];
  assert.deepEqual(states(await ada.bridge.call('forward', request)), expected);
  assert.deepEqual(states(await ada.bridge.call('forward', request)), expected);
  await ada.until('refusals', null, (all) => all.length === 0);
  // A tab that died before it wrote down that it was done.
  await ada.close();
  const dispatched = [...(await disk.store.records.all('dispatch')).keys()];
  await disk.store.records.delete('dispatch', dispatched);
  const again = await openTab(t, origin, disk);
  assert.deepEqual(states(await again.bridge.call('forward', request)), expected);
  for (const target of [first, second]) {
    const seen = watchLog(again, target);
    await seen.until(() => seen.texts().length >= 2);
    await setTimeout(300);
    assert.deepEqual(seen.texts(), ['One.', 'Two.']);
    assert.equal([...seen.posts.values()][0]?.forwardedFrom?.conversationId, source);
  }
});

test('WEB-11: a forward that a tab left in the middle is finished by the next one', async (t) => {
  const server = await serve(t);
  const disk = newDisk();
  const first = await openTab(t, server.origin, disk);
  await signUp(first, 'Ada');
  const source = await newChannel(first, 'Source');
  const targets = [await newChannel(first, 'First'), await newChannel(first, 'Second')];
  await post(first, source, 'One.');
  const log = watchLog(first, source);
  await log.until(() => log.texts().length === 1);
  const from = { conversationId: source, seqs: [...log.posts.keys()] };
  server.stop();
  const outcomes = await first.bridge.call('forward', {
    id: newId(),
    from,
    to: targets,
    silent: true,
  });
  assert.deepEqual(
    outcomes.map(({ state }) => state),
    ['waiting', 'waiting'],
  );
  await first.close();
  await server.start();
  const second = await openTab(t, server.origin, disk);
  await signedIn(second);
  for (const target of targets) {
    const seen = watchLog(second, target);
    await seen.until(() => seen.texts().includes('One.'));
    await setTimeout(300);
    assert.deepEqual(seen.texts(), ['One.']);
  }
});

test('WEB-4: a post is changed without a network: the last change of several is what stands', async (t) => {
  const server = await serve(t);
  const disk = newDisk();
  const first = await openTab(t, server.origin, disk);
  await signUp(first, 'Ada');
  const conversationId = await newChannel(first, 'Notes');
  await post(first, conversationId, 'Frist.');
  const log = watchLog(first, conversationId);
  await log.until(() => log.texts().includes('Frist.'));
  const [seq = 0] = log.posts.keys();
  server.stop();
  await first.until(
    'session',
    null,
    (view) => view.phase === 'signed-in' && view.reach !== 'online',
  );
  for (const text of ['First.', 'First!', 'First of all.']) {
    await first.bridge.call('editPost', { id: newId(), conversationId, seq, text });
  }
  await log.until(() => log.outgoing().at(-1)?.text === 'First of all.');
  assert.equal(log.outgoing().at(-1)?.edits, seq);
  await first.close();
  await server.start();
  const second = await openTab(t, server.origin, disk);
  await signedIn(second);
  const again = watchLog(second, conversationId);
  await again.until(() => again.texts().includes('First of all.') && again.outgoing().length === 0);
  await setTimeout(300);
  assert.deepEqual(again.texts(), ['First of all.']);
});

test('a change that the server refuses stays where it was written, with the reason', async (t) => {
  const { origin } = await serve(t);
  const ada = await openTab(t, origin, newDisk());
  await signUp(ada, 'Ada');
  const conversationId = await newChannel(ada, 'Notes', 'notes_of_ada');
  await post(ada, conversationId, 'Hers.');
  const ben = await openTab(t, origin, newDisk());
  await signUp(ben, 'Ben');
  await ben.bridge.call('follow', { conversationId });
  const log = watchLog(ben, conversationId);
  await log.until(() => log.texts().includes('Hers.'));
  const [seq = 0] = log.posts.keys();
  await ben.bridge.call('editPost', { id: newId(), conversationId, seq, text: 'His.' });
  await log.until(() => log.outgoing()[0]?.failure?.code === 'forbidden');
  assert.equal(log.outgoing()[0]?.text, 'His.');
});
