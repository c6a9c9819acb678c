import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create } from '@bufbuild/protobuf';
import { type Entry, EntryKind, EntrySchema } from '@heliogram/protocol';
import fc from 'fast-check';
import {
  type UnreadCount,
  unreadAsCounted,
  unreadFrom,
  unreadOf,
  unreadWithEntry,
  unreadWithOwn,
  unreadWithRead,
  unreadWithRewind,
} from './unread-count.ts';

type Logged = { readonly entry: Entry; readonly own: boolean };

/** The log and the mark as the server has them; its count is the rule. */
class Server {
  log: Logged[] = [];
  readSeq = 0;

  append(fields: { kind: EntryKind; targetSeq?: number }, own: boolean): Entry {
    const entry = create(EntrySchema, { ...fields, seq: this.log.length + 1 });
    this.log.push({ entry, own });
    return entry;
  }

  get counted() {
    const gone = new Set(
      this.log.flatMap(({ entry: { kind, targetSeq } }) =>
        kind === EntryKind.REDACTION ? [targetSeq] : [],
      ),
    );
    const unread = this.log.filter(
      ({ own, entry: { kind, seq } }) =>
        !own && kind === EntryKind.POST && seq > this.readSeq && !gone.has(seq),
    );
    return { headSeq: this.log.length, readSeq: this.readSeq, unread: unread.length };
  }

  /** Posts that stand, to be edited or deleted. */
  someTarget(at: number): number | undefined {
    const posts = this.log.filter(({ entry }) => entry.kind === EntryKind.POST);
    return posts[at % Math.max(1, posts.length)]?.entry.seq;
  }
}

const step = fc.record({
  what: fc.constantFrom(
    'post',
    'own',
    'other device',
    'note',
    'edit',
    'delete',
    'read',
    'count',
    'rewind',
  ),
  at: fc.nat(50),
});

for (const writes of [false, true]) {
  test(`LOG-22: the live count is the server's, or known to be inexact; ${writes ? 'a writer' : 'a reader'}`, () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const server = new Server();
        let count: UnreadCount = unreadFrom(server.counted);
        const hear = (entry: Entry) => {
          count = unreadWithEntry(count, entry, writes);
        };
        for (const { what, at } of steps) {
          const target = server.someTarget(at);
          const isOwn = what === 'own' || what === 'other device';
          if (what === 'post' || what === 'own' || (what === 'other device' && writes)) {
            const entry = server.append({ kind: EntryKind.POST }, isOwn);
            // The push and the answer come in either order.
            if (what === 'own' && at % 2 === 0) count = unreadWithOwn(count, entry.seq);
            hear(entry);
            if (what === 'own') count = unreadWithOwn(count, entry.seq);
          } else if (what === 'note') hear(server.append({ kind: EntryKind.NOTE }, false));
          else if (what === 'edit' && target)
            hear(server.append({ kind: EntryKind.EDIT, targetSeq: target }, false));
          else if (what === 'delete' && target)
            hear(server.append({ kind: EntryKind.REDACTION, targetSeq: target }, false));
          else if (what === 'read') {
            const seq = Math.min(at, server.log.length);
            server.readSeq = Math.max(server.readSeq, seq);
            count = unreadWithRead(count, seq);
          } else if (what === 'count') count = unreadAsCounted(count, server.counted);
          else if (what === 'rewind') {
            server.log.length = Math.min(at, server.log.length);
            server.readSeq = Math.min(server.readSeq, server.log.length);
            count = unreadWithRewind(count, server.log.length);
          }
          if (count.exact) assert.equal(unreadOf(count), server.counted.unread, what);
          assert.ok(unreadOf(count) >= 0);
          const asked = unreadAsCounted(count, server.counted);
          if (asked.exact) assert.equal(unreadOf(asked), server.counted.unread, `${what}, asked`);
          const again = unreadAsCounted(asked, server.counted);
          assert.equal(unreadOf(again), server.counted.unread, `${what}, asked again`);
        }
      }),
      { numRuns: 500 },
    );
  });
}

test('LOG-22: a deleted unread post counts no more, and edits never do', () => {
  const server = new Server();
  let count = unreadFrom(server.counted);
  for (let i = 0; i < 2; i++)
    count = unreadWithEntry(count, server.append({ kind: EntryKind.POST }, false), false);
  for (let i = 0; i < 10; i++) {
    const edit = server.append({ kind: EntryKind.EDIT, targetSeq: 1 }, false);
    count = unreadWithEntry(count, edit, false);
  }
  assert.deepEqual([unreadOf(count), count.exact], [2, true]);
  const redaction = server.append({ kind: EntryKind.REDACTION, targetSeq: 2 }, false);
  count = unreadWithEntry(count, redaction, false);
  assert.deepEqual([unreadOf(count), count.exact], [1, true]);
  assert.equal(server.counted.unread, 1);
});
