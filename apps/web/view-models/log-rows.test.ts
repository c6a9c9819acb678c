import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OutgoingPost } from '../bridge/contract/log.ts';
import { buildRows, rowOfSeq, seqsBetween } from './log-rows.ts';
import { exampleFrame, examplePost, examplePosts, noon } from './tests/log-examples.ts';

const dayMs = 86_400_000;

function outgoing(id: string, changes: Partial<OutgoingPost> = {}): OutgoingPost {
  return {
    id,
    text: id,
    blocks: [],
    attachments: [],
    queuedAt: noon,
    state: 'sending',
    ...changes,
  };
}

test('the beginning, days, the unread marker and what goes out stand where they belong', () => {
  const posts = [examplePost(1, { sentAt: noon - dayMs }), examplePost(2), examplePost(3)];
  const frame = exampleFrame({ firstUnreadSeq: 3, outgoing: [outgoing('a')] });
  const rows = buildRows({ frame, posts }, []);
  assert.deepEqual(
    rows.map((row) => [
      row.key,
      row.kind !== 'begin' && row.day,
      row.kind === 'post' && row.unread,
    ]),
    [
      ['begin', false, false],
      ['p1', true, false],
      ['p2', true, false],
      ['p3', false, true],
      ['oa', false, false],
    ],
  );
});

test('the first post held has no date above it as long as older ones can come', () => {
  const posts = examplePosts(5, 6);
  const [first] = buildRows({ frame: exampleFrame({ hasOlder: true }), posts }, []);
  assert.ok(first?.kind === 'post' && !first.day);
});

test('posts of one author moments apart belong together; a note, a day or the marker parts them', () => {
  const note = examplePost(3, { note: { kind: 'renamed', title: 'x' } });
  const posts = [examplePost(1), examplePost(2), note, examplePost(4), examplePost(5)];
  const rows = buildRows({ frame: exampleFrame({ firstUnreadSeq: 5 }), posts }, []);
  const joined = rows.map((row) => row.kind === 'post' && row.joined);
  assert.deepEqual(joined, [false, false, true, false, false, false]);
  const other = examplePost(2, { author: { accountId: 'b', name: 'B' } });
  const apart = buildRows({ frame: exampleFrame(), posts: [examplePost(1), other] }, []);
  assert.ok(apart[2]?.kind === 'post' && !apart[2].joined);
});

test('a deleted post has no row, and the unread marker moves on to the next one', () => {
  const posts = [
    examplePost(1, { sentAt: noon - dayMs }),
    examplePost(2, { deleted: true }),
    examplePost(3, { deleted: true }),
    examplePost(4),
  ];
  const rows = buildRows({ frame: exampleFrame({ firstUnreadSeq: 2 }), posts }, []);
  assert.deepEqual(
    rows.map((row) => row.key),
    ['begin', 'p1', 'p4'],
  );
  assert.ok(rows[2]?.kind === 'post' && rows[2].unread && rows[2].day);
});

test('rows that say the same are the same objects', () => {
  const posts = examplePosts(1, 4);
  const before = buildRows({ frame: exampleFrame(), posts }, []);
  const changed = posts.with(1, examplePost(2, { text: 'edited' }));
  const after = buildRows({ frame: exampleFrame(), posts: changed }, before);
  assert.deepEqual(
    after.map((row, i) => row === before[i]),
    [true, true, false, true, true],
  );
});

test('rows made of those before are what they would be without', () => {
  const hourMs = 3_600_000;
  const post = fc.record({ seq: fc.integer({ min: 1, max: 12 }), version: fc.nat({ max: 1 }) });
  const windows = fc.array(
    fc.record({
      posts: fc.uniqueArray(post, { selector: ({ seq }) => seq }),
      hasOlder: fc.boolean(),
      hasNewer: fc.boolean(),
      firstUnreadSeq: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
      edits: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
    }),
    { minLength: 2, maxLength: 5 },
  );
  const known = new Map(
    [...Array(26).keys()].map((key) => {
      const seq = Math.floor(key / 2);
      const text = `version ${key % 2}`;
      const deleted = key === 6;
      return [
        key,
        examplePost(seq, { text, deleted, sentAt: noon + ((seq * seq * 5) % 31) * hourMs }),
      ];
    }),
  );
  fc.assert(
    fc.property(windows, (steps) => {
      let previous: ReturnType<typeof buildRows> = [];
      const sent = outgoing('a');
      for (const { posts, firstUnreadSeq, edits, ...ends } of steps) {
        const held = posts
          .toSorted((a, b) => a.seq - b.seq)
          .flatMap(({ seq, version }) => known.get(2 * seq + version) ?? []);
        const frame = exampleFrame({
          ...ends,
          ...(firstUnreadSeq !== undefined && { firstUnreadSeq }),
          outgoing: edits === undefined ? [sent] : [sent, outgoing('e', { edits })],
        });
        const rows = buildRows({ frame, posts: held }, previous);
        assert.deepEqual(rows, buildRows({ frame, posts: held }, []));
        const again = buildRows({ frame, posts: held }, rows);
        for (const [i, row] of again.entries()) {
          // One that is sent anew is another one.
          const sameEdit = row.kind === 'post' && row.edit === undefined;
          if (sameEdit) assert.equal(row, rows[i]);
        }
        previous = rows;
      }
    }),
  );
});

test('an edit on its way shows at its post, not as a post of its own', () => {
  const edit = outgoing('e', { edits: 2 });
  const rows = buildRows(
    { frame: exampleFrame({ outgoing: [edit] }), posts: examplePosts(1, 2) },
    [],
  );
  assert.equal(rows.length, 3);
  assert.ok(rows[2]?.kind === 'post' && rows[2].edit === edit);
});

test('what goes out is not shown in the middle of a log', () => {
  const frame = exampleFrame({ hasNewer: true, outgoing: [outgoing('a')] });
  assert.equal(buildRows({ frame, posts: examplePosts(1, 2) }, []).length, 3);
});

test('rows are found by seq, the next one standing in for one that is not here', () => {
  const rows = buildRows({ frame: exampleFrame(), posts: [examplePost(2), examplePost(5)] }, []);
  assert.equal(rowOfSeq(rows, 5), 2);
  assert.equal(rowOfSeq(rows, 3), 2);
  assert.equal(rowOfSeq(rows, 6), -1);
  assert.deepEqual(seqsBetween(rows, 0, 2), { fromSeq: 2, toSeq: 5 });
  assert.equal(seqsBetween(rows, 0, 0), undefined);
});
