import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { EntryKind } from '@heliogram/protocol';
import { conversationsWorld, methods } from './tests/conversations-world.ts';

test('LOG-21: a subscription tells when the log is not the one that the client knows', async (t) => {
  const { call, conversation, conversations, connect, post, storage } = await conversationsWorld(t);
  const place = await conversation();
  const { conversationId } = place;
  await conversations.log.append(place, [post('one'), post('two'), post('three')]);
  const { entries, headSeq, headSentAt } = await call(methods.read, { conversationId });
  const sentAt = entries.map((entry) => timestampMs(entry.sentAt ?? timestampFromMs(0)));
  assert.deepEqual([headSeq, headSentAt && timestampMs(headSentAt)], [3, sentAt[2]]);
  const { subscribe } = await connect();
  const ask = async (afterSeq: number, at?: number) => {
    const known = at === undefined ? {} : { afterSentAt: timestampFromMs(at) };
    const [answer] = await subscribe({ conversationId, afterSeq, backlog: true, ...known });
    const { backlog = [], rewound, unverified } = answer ?? {};
    assert.deepEqual(answer?.headSentAt && timestampMs(answer.headSentAt), sentAt[2]);
    assert.ok(!rewound || backlog.length === 0);
    if (rewound) return 'rewound';
    return unverified ? 'unverified' : backlog.length;
  };
  const [first = 0, , last = 0] = sentAt;
  assert.equal(await ask(0), 3);
  assert.equal(await ask(1), 2);
  assert.equal(await ask(1, first), 2);
  assert.equal(await ask(3, last), 0);
  // It ends earlier; or it has grown again, to the known end or beyond.
  assert.equal(await ask(4), 'rewound');
  assert.equal(await ask(4, last), 'rewound');
  assert.equal(await ask(3, last - 1), 'rewound');
  assert.equal(await ask(1, first + 1), 'rewound');
  await storage.log.trim(place.id, 1);
  assert.equal(await ask(1, first), 'unverified');
});

test('LOG-21: a read mark or redaction that means another entry does nothing', async (t) => {
  const { call, conversation, conversations, policy, post } = await conversationsWorld(t);
  const place = await conversation();
  const { conversationId } = place;
  const [outcome] = await conversations.log.append(place, [post('one')]);
  assert.ok(outcome?.kind === 'appended');
  const { sentAt } = outcome.entry;
  const marks = (at: number) => ({
    marks: [{ conversationId, seq: 1, sentAt: timestampFromMs(at) }],
  });
  await call(methods.acknowledge, marks(sentAt - 1));
  assert.deepEqual(policy.moves, []);
  const redaction = (at: number) => ({
    conversationId,
    seq: 1,
    appendId: new Uint8Array(16).fill(9),
    sentAt: timestampFromMs(at),
  });
  await assert.rejects(call(methods.redact, redaction(sentAt - 1)), { code: 'gone' });
  await call(methods.acknowledge, marks(sentAt));
  assert.equal(policy.moves.length, 1);
  assert.deepEqual(await call(methods.redact, redaction(sentAt)).then(({ seq }) => seq), 2);
});

test('LOG-22: who acknowledges is told what is unread now: posts of others that stand', async (t) => {
  const { call, conversation, conversations, post } = await conversationsWorld(t);
  const place = await conversation();
  const { conversationId } = place;
  const byOther = (words: string) => ({ ...post(words), author: 77 });
  await conversations.log.append(place, [byOther('one'), byOther('two'), post('own')]);
  const edits = Array.from({ length: 10 }, () => ({
    ...byOther('edit'),
    kind: EntryKind.EDIT,
    targetSeq: 1,
  }));
  await conversations.log.append(place, edits);
  const ask = async (seq: number) => {
    const request = { marks: [{ conversationId, seq }], count: true };
    const { states } = await call(methods.acknowledge, request);
    return states.map(({ headSeq, readSeq, unread }) => [headSeq, readSeq, unread]);
  };
  assert.deepEqual(await ask(0), [[13, 0, 2]]);
  assert.deepEqual(await ask(1), [[13, 1, 1]]);
  await call(methods.redact, { conversationId, seq: 2, appendId: new Uint8Array(16).fill(8) });
  assert.deepEqual(await ask(0), [[14, 1, 0]]);
  const silent = await call(methods.acknowledge, { marks: [{ conversationId, seq: 14 }] });
  assert.deepEqual(silent.states, []);
});
