import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandError } from '../bridge/bridge.ts';
import type { DraftEvent } from '../bridge/contract/publishing.ts';
import { ComposerModel, type ComposerTrouble } from './composer-model.ts';

function composing(refuse: ReadonlyMap<string, string> = new Map()) {
  const calls: { name: string; args: Record<string, unknown> }[] = [];
  const troubles: ComposerTrouble[] = [];
  const waiting: (() => void)[] = [];
  const kept = new Map<string, string>();
  const words: (string | undefined)[] = [];
  let take: (event: DraftEvent) => void = () => undefined;
  const bridge = {
    call: async (name: string, args: Record<string, unknown>) => {
      calls.push({ name, args });
      const code = refuse.get(name);
      if (code) throw new CommandError({ code, message: '', retry: true });
      return name === 'addUpload' ? { uploadId: `u${calls.length}` } : null;
    },
    watch: (_: string, __: unknown, taking: (event: never) => void) => {
      take = taking as (event: DraftEvent) => void;
      return { tell: () => undefined, end: () => undefined };
    },
  };
  const model = new ComposerModel(bridge as never, 'c', {
    newId: () => 'id',
    trouble: (trouble) => troubles.push(trouble),
    keep: ({ id, text }) => kept.set(id, text),
    forget: (id) => kept.delete(id),
    keepWords: (written) => words.push(written?.text),
    maxFileBytes: () => 10,
    later: (run) => {
      waiting.push(run);
      return () => waiting.splice(waiting.indexOf(run), 1);
    },
  });
  take({ draft: { text: '', uploads: [] } });
  return { model, calls, troubles, waiting, kept, words, take: (event: DraftEvent) => take(event) };
}

const names = (calls: readonly { name: string }[]) => calls.map(({ name }) => name);

test('typing is saved once, a moment after the last key', () => {
  const { model, calls, waiting } = composing();
  model.write('a');
  model.write('ab');
  assert.equal(waiting.length, 1);
  waiting[0]?.();
  assert.deepEqual(calls, [{ name: 'saveDraft', args: { conversationId: 'c', text: 'ab' } }]);
});

test('OWN-14: the last keys are kept at once when the page goes away, until the worker has them', async () => {
  const { model, calls, words } = composing();
  model.leave();
  assert.deepEqual(words, []);
  model.write('half a');
  model.leave();
  assert.deepEqual([words, names(calls)], [['half a'], ['saveDraft']]);
  // Under way is not there yet.
  model.leave();
  await new Promise(setImmediate);
  assert.deepEqual(words, ['half a', 'half a', undefined]);
  model.leave();
  assert.equal(words.length, 3);
});

test('what is too long to be kept is told beside it: no draft of before takes its place, and a shorter one is kept again', async () => {
  const { model, troubles, take } = composing(new Map([['saveDraft', 'too_large']]));
  model.write('long');
  model.saveNow();
  await new Promise(setImmediate);
  assert.deepEqual([model.state().kept, troubles], ['nowhere', []]);
  take({ draft: { text: 'before', uploads: [] } });
  assert.equal(model.state().text, 'long');
  take({ draft: { text: 'long', uploads: [] }, onlyHere: true });
  assert.equal(model.state().kept, 'here');
  take({ draft: { text: 'long', uploads: [] } });
  assert.equal(model.state().kept, 'everywhere');
});

test('another device’s text waits until the cursor of whoever writes is gone, and gives way to more', async () => {
  const { model, calls, waiting, take } = composing();
  const other = (text: string) => take({ draft: { text, uploads: [] } });
  model.cursor(true);
  other('from the phone');
  assert.equal(model.state().text, 'from the phone', 'nothing was written here yet');
  model.write('from the phone, and here');
  waiting.splice(0)[0]?.();
  // The call is answered: what comes now is newer.
  await new Promise(setImmediate);
  other('the phone goes on');
  assert.equal(model.state().text, 'from the phone, and here');
  model.cursor(false);
  assert.equal(model.state().text, 'the phone goes on');
  model.cursor(true);
  model.write('mine');
  model.saveNow();
  await new Promise(setImmediate);
  other('theirs');
  model.write('mine again');
  model.saveNow();
  await new Promise(setImmediate);
  model.cursor(false);
  assert.equal(model.state().text, 'mine again');
  assert.equal(calls.at(-1)?.args['text'], 'mine again');
});

test('what goes away is saved before', () => {
  const { model, calls } = composing();
  model.write('half a thought');
  model.end();
  assert.deepEqual(names(calls), ['saveDraft']);
});

test('posting empties the composer at once, and a save that waits does not bring the text back', async () => {
  const { model, calls, waiting } = composing();
  model.write('hello');
  model.setSilent(true);
  const posted = model.post();
  assert.equal(model.state().text, '');
  assert.equal(await posted, true);
  assert.equal(waiting.length, 0);
  assert.deepEqual(calls, [
    { name: 'postDraft', args: { id: 'id', conversationId: 'c', text: 'hello', silent: true } },
  ]);
});

test('what is let go of is kept from the first moment until the worker has it', async () => {
  const { model, kept } = composing();
  model.write('hello');
  const posted = model.post();
  assert.deepEqual([...kept], [['id', 'hello']]);
  await posted;
  assert.deepEqual([...kept], []);
});

test('a post that was not taken in comes back and is told', async () => {
  const { model, troubles } = composing(new Map([['postDraft', 'unavailable']]));
  model.write('hello');
  assert.equal(await model.post(), false);
  assert.equal(model.state().text, 'hello');
  assert.equal(troubles[0]?.kind, 'refused');
});

test('an edit goes out as one, and the draft of before is there again', async () => {
  const { model, calls } = composing();
  model.write('draft');
  model.edit({ seq: 7, text: 'old' });
  model.write('new');
  await model.post();
  assert.equal(model.state().text, 'draft');
  const edit = calls.find(({ name }) => name === 'editPost');
  assert.deepEqual(edit?.args, { id: 'id', conversationId: 'c', seq: 7, text: 'new' });
  assert.equal(calls.at(-1)?.args['text'], 'draft');
});

test('files past the limit are left out and told', async () => {
  const { model, calls, troubles } = composing();
  const files = Array.from({ length: 12 }, (_, i) => new File(['x'], `${i}`));
  await model.add(files, 'media');
  assert.equal(names(calls).filter((name) => name === 'addUpload').length, 10);
  assert.deepEqual(troubles, [{ kind: 'too-many-files', max: 10 }]);
});

test('files that the server would refuse are never sent', async () => {
  const { model, calls, troubles } = composing();
  const files = [
    new File(['x'.repeat(11)], 'large'),
    new File([], 'none'),
    new File(['x'], 'fits'),
  ];
  await model.add(files, 'file');
  const sent = calls.filter(({ name }) => name === 'addUpload').map(({ args }) => args['file']);
  assert.deepEqual(sent, [files[2]]);
  assert.deepEqual(troubles, [
    { kind: 'too-large-file', name: 'large', max: 10 },
    { kind: 'empty-file', name: 'none' },
  ]);
});

const uploadOf = (uploadId: string, kind: 'photo' | 'file') =>
  ({ uploadId, kind, name: uploadId, size: 1, sent: 1, state: 'done' }) as const;

test('pictures become files in their places; what came before a reload stays as it is', async () => {
  const { model, calls, take } = composing();
  assert.deepEqual(model.asFiles(), { changeable: false, on: false });
  await model.add([new File(['x'], 'a.png', { type: 'image/png' })], 'media');
  const uploads = [uploadOf('u1', 'photo'), uploadOf('old', 'photo')];
  take({ draft: { text: '', uploads } });
  assert.deepEqual(model.asFiles(), { changeable: true, on: false });
  await model.sendAs('file');
  assert.equal(calls[2]?.args['as'], 'file');
  assert.deepEqual(calls[3], {
    name: 'orderUploads',
    args: { conversationId: 'c', uploadIds: ['u3', 'old'] },
  });
  take({ draft: { text: '', uploads: [uploadOf('u3', 'file'), uploadOf('old', 'photo')] } });
  assert.deepEqual(model.asFiles(), { changeable: true, on: true });
  await model.add([new File(['x'], 'b.png', { type: 'image/png' })], 'media');
  assert.equal(calls[4]?.args['as'], 'file');
});

test('a post that is sent right behind chosen files is asked for after all of them', async () => {
  const { model, calls } = composing();
  const files = ['one', 'two'].map((name) => new File(['x'], name));
  const adding = model.add(files, 'media');
  model.write('both');
  await Promise.all([adding, model.post()]);
  assert.deepEqual(names(calls).slice(0, 3), ['addUpload', 'addUpload', 'postDraft']);
});
