import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, toBinary } from '@bufbuild/protobuf';
import { type Entry, EntryKind, EntrySchema, NoteSchema } from '@heliogram/protocol';
import { timestampOf } from '../timestamps.ts';
import { composeDraft, composeRevision, contentId } from './compose-post.ts';
import { viewEntry } from './entry-view.ts';

const chat = 'ab'.repeat(16);
const account = 'cd'.repeat(32);
let byte = 0;
const random = {
  bytes: (length: number) => {
    byte++;
    return new Uint8Array(length).fill(byte);
  },
};
const entry = (fields: Parameters<typeof create<typeof EntrySchema>>[1]): Entry =>
  create(EntrySchema, { seq: 5, kind: EntryKind.POST, sentAt: timestampOf(1_000), ...fields });

test('SDK-14: a post is shown as it was typed, without an author unless it names one', () => {
  const text = ' *a* \u202e\n\t"b" 👩‍👩‍👧 ';
  const { payload, id } = composeDraft({ text }, { conversationId: chat, random });
  const view = viewEntry(chat, entry({ payload }));
  assert.equal(view.text, text);
  assert.equal(view.id, id);
  assert.equal(contentId(payload), id);
  assert.equal(view.sentAt, 1_000);
  assert.equal(view.authorId, undefined);
  assert.equal(view.deleted, false);
});

test('SDK-14: a signed post has its author only in its own room', () => {
  const { payload } = composeDraft(
    { text: 'x' },
    { conversationId: chat, accountId: account, random },
  );
  assert.equal(viewEntry(chat, entry({ payload })).authorId, account);
  assert.equal(viewEntry('ef'.repeat(16), entry({ payload })).authorId, undefined);
});

test('SDK-14: an edit changes the text, and keeps id, time and author of the first version', () => {
  const speaker = { conversationId: chat, accountId: account, random };
  const first = composeDraft({ text: 'one' }, speaker);
  const replaces = Uint8Array.from(Buffer.from(first.id, 'hex'));
  const { payload } = composeRevision({ text: 'two', targetSeq: 5, replaces }, speaker);
  const revision = { seq: 6, payload, editedAt: timestampOf(2_000) };
  const view = viewEntry(chat, entry({ payload: first.payload, revision }));
  assert.deepEqual(
    [view.text, view.id, view.sentAt, view.editedAt, view.authorId],
    ['two', first.id, 1_000, 2_000, account],
  );
});

test('SDK-14: a deleted and a withheld post say no more than that', () => {
  const contentId = new Uint8Array(32).fill(1);
  const deleted = viewEntry(chat, entry({ redacted: true, contentId }));
  assert.deepEqual([deleted.deleted, deleted.text, deleted.id], [true, '', '01'.repeat(32)]);
  const { payload } = composeDraft({ text: 'bad' }, { conversationId: chat, random });
  const withheld = viewEntry(chat, entry({ payload, takenDownReason: 'spam' }));
  assert.deepEqual([withheld.takenDownReason, withheld.text], ['spam', '']);
});

test('SDK-14: notes are read, unknown ones said to be', () => {
  const note = (payload: Uint8Array) =>
    viewEntry(chat, entry({ kind: EntryKind.NOTE, payload })).note;
  const bytes = (what: Parameters<typeof create<typeof NoteSchema>>[1]) =>
    toBinary(NoteSchema, create(NoteSchema, what));
  assert.deepEqual(note(bytes({ what: { case: 'renamedTo', value: 'T' } })), {
    kind: 'renamed',
    title: 'T',
  });
  assert.deepEqual(note(bytes({ what: { case: 'pinnedSeq', value: 3 } })), {
    kind: 'pinned',
    seq: 3,
  });
  assert.deepEqual(note(Uint8Array.of(0xff, 0xff)), { kind: 'unknown' });
});

test('SDK-9: no bytes make a view throw', () => {
  const { payload } = composeDraft({ text: 'some text' }, { conversationId: chat, random });
  for (let i = 0; i < payload.length; i++) {
    const bent = Uint8Array.from(payload);
    bent[i] = (bent[i] ?? 0) ^ 0xff;
    for (const bytes of [bent, payload.slice(0, i)]) {
      const view = viewEntry(chat, entry({ payload: bytes }));
      assert.equal(typeof view.text, 'string');
    }
  }
});
