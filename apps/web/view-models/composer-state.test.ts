import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UploadView } from '../bridge/contract/publishing.ts';
import { textRoom } from './composer-limits.ts';
import {
  afterPosting,
  beginEdit,
  beginReply,
  emptyComposer,
  leaveMode,
  moveUpload,
  readiness,
  takeDraft,
} from './composer-state.ts';

const upload: UploadView = {
  uploadId: 'u',
  kind: 'photo',
  name: 'a',
  size: 1,
  sent: 1,
  state: 'done',
};
const written = { ...emptyComposer, loaded: true, text: 'begun' };

test('a draft of before is restored; what was typed meanwhile is not overwritten', () => {
  const draft = { text: 'before', uploads: [upload], replyTo: 4 };
  const restored = takeDraft(emptyComposer, { draft }, false);
  assert.deepEqual([restored.text, restored.replyTo, restored.uploads], ['before', 4, [upload]]);
  const typing = takeDraft(written, { draft }, false);
  assert.deepEqual([typing.text, typing.uploads], ['begun', [upload]]);
  assert.equal(takeDraft(written, { draft }, true).text, 'before');
});

test('an edit puts aside what was begun, and leaving it brings that back', () => {
  const replying = beginReply(written, 3);
  const editing = beginEdit(replying, { seq: 9, text: 'old' });
  assert.deepEqual([editing.text, editing.edits, editing.replyTo], ['old', 9, undefined]);
  const again = beginEdit({ ...editing, text: 'changed' }, { seq: 10, text: 'other' });
  const left = leaveMode(again);
  assert.deepEqual([left.text, left.replyTo, left.edits], ['begun', 3, undefined]);
});

test('leaving an answer keeps the text; answering ends an edit', () => {
  assert.deepEqual(leaveMode(beginReply(written, 3)).text, 'begun');
  const replying = beginReply(beginEdit(written, { seq: 9, text: 'old' }), 5);
  assert.deepEqual([replying.text, replying.edits, replying.replyTo], ['begun', undefined, 5]);
});

test('after posting nothing is left', () => {
  const after = afterPosting({ ...beginReply(written, 3), uploads: [upload], silent: true });
  assert.deepEqual(after, { ...emptyComposer, loaded: true, focusAsked: 1 });
});

test('what can go out goes out', () => {
  assert.equal(readiness(written, false), 'ready');
  assert.equal(readiness({ ...written, text: ' \n' }, false), 'empty');
  assert.equal(readiness({ ...written, text: '', uploads: [upload] }, false), 'ready');
  assert.equal(readiness(written, true), 'too-long');
  const failed = { ...upload, state: 'failed' } as const;
  assert.equal(readiness({ ...written, uploads: [failed] }, false), 'upload-failed');
});

test('an album is put in another order without losing anything', () => {
  assert.deepEqual(moveUpload(['a', 'b', 'c'], 'a', 2), ['b', 'c', 'a']);
  assert.deepEqual(moveUpload(['a', 'b', 'c'], 'c', -1), ['a', 'c', 'b']);
  const ids = ['a', 'b'];
  assert.equal(moveUpload(ids, 'a', -1), ids);
  assert.equal(moveUpload(ids, 'x', 1), ids);
});

test('room is told in bytes of UTF-8 once it matters', () => {
  assert.deepEqual(textRoom('short'), { state: 'plenty' });
  assert.deepEqual(textRoom('a'.repeat(32_768)), { state: 'little', bytes: 0 });
  assert.deepEqual(textRoom('م'.repeat(16_385)), { state: 'over', bytes: 2 });
});

test('what is written before the draft has come stands behind it, once', () => {
  const early = { ...emptyComposer, text: 'and more' };
  const event = { draft: { text: 'Half a thought ', uploads: [] } };
  const come = takeDraft(early, event, false);
  assert.equal(come.text, 'Half a thought and more');
  assert.equal(takeDraft(come, event, false).text, 'Half a thought and more');
  assert.equal(takeDraft(emptyComposer, event, true).text, 'Half a thought ');
});

test('an edit that was begun before the draft has come goes on', () => {
  const edit = beginEdit(emptyComposer, { seq: 7, text: 'as it was' });
  const come = takeDraft(edit, { draft: { text: 'Half a thought', uploads: [] } }, false);
  assert.deepEqual([come.edits, come.text, come.loaded], [7, 'as it was', true]);
});
