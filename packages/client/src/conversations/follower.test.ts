import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Timestamp } from '@bufbuild/protobuf/wkt';
import { EntryKind, HeliogramError, LogService } from '@heliogram/protocol';
import { FakeServer, fakePlatform, settle } from '../../tests/fake-server.ts';
import { Connection } from '../connection/connection.ts';
import { msOf, timestampOf } from '../timestamps.ts';
import { Follower, type LogEvent } from './follower.ts';

const chat = 'ab'.repeat(16);
type EntryInit = { seq: number; kind: EntryKind; targetSeq?: number; sentAt?: Timestamp };

const posts = (from: number, to: number): EntryInit[] =>
  Array.from({ length: to - from + 1 }, (_, i) => post(from + i));

const post = (seq: number): EntryInit => ({
  seq,
  kind: EntryKind.POST,
  sentAt: timestampOf(seq * 1_000),
});

function setUp() {
  const server = new FakeServer();
  const log: EntryInit[] = [];
  server.on(LogService.method.subscribe, ({ subscriptions }) => ({
    results: subscriptions.map(({ conversationId, afterSeq, afterSentAt, backlog }) => ({
      conversationId,
      headSeq: log.length,
      rewound: !!afterSentAt && msOf(afterSentAt) !== msOf(log[afterSeq - 1]?.sentAt),
      backlog: backlog && log.length - afterSeq <= 3 ? log.slice(afterSeq) : [],
    })),
  }));
  server.on(LogService.method.read, ({ afterSeq, beforeSeq }) => ({
    entries: beforeSeq > 0 ? log.slice(0, beforeSeq - 1) : log.slice(afterSeq, afterSeq + 5),
    headSeq: log.length,
  }));
  server.on(LogService.method.unsubscribe, () => ({}));
  const platform = fakePlatform(server);
  const connection = new Connection({ origin: 'http://h', platform, clientName: 'test' });
  const follower = new Follower(connection, platform);
  const append = (entry: Omit<EntryInit, 'seq'>, push = true) => {
    const added = { ...post(log.length + 1), ...entry };
    log.push(added);
    if (push) server.link.push({ case: 'entry', value: { conversationId: chat, entry: added } });
  };
  return { server, log, platform, connection, follower, append };
}

/** What a follow has told so far: "live 0", "1", "changed 1", "lost", "back". */
function collect(events: AsyncIterable<LogEvent>): string[] {
  const told: string[] = [];
  const read = async () => {
    for await (const event of events) told.push(word(event));
  };
  read().then(
    () => told.push('end'),
    (error) => told.push(error instanceof HeliogramError ? error.code : String(error)),
  );
  return told;
}

function word(event: LogEvent): string {
  switch (event.type) {
    case 'live':
      return `live ${event.headSeq}`;
    case 'entry':
      return String(event.entry.seq);
    case 'entryChanged':
      return `changed ${event.seq}`;
    case 'disconnected':
      return 'lost';
    case 'connected':
      return 'back';
    case 'rewound':
      return `rewound ${event.fromSeq} to ${event.toSeq}`;
    case 'counters':
    case 'conversationChanged':
    case 'unverified':
      return event.type;
  }
}

test('SDK-4: a follow tells that it is live, then entries and changes as they come', async () => {
  const { follower, append, log } = setUp();
  log.push(...posts(1, 2));
  const told = collect(follower.follow(chat));
  await settle();
  append({ kind: EntryKind.POST });
  append({ kind: EntryKind.EDIT, targetSeq: 1 });
  append({ kind: EntryKind.REDACTION, targetSeq: 2 });
  append({ kind: EntryKind.NOTE });
  await settle();
  assert.deepEqual(told, ['back', 'live 2', '3', 'changed 1', 'changed 2', '6']);
});

test('SDK-4: a follow resumes after a loss: nothing twice, nothing missing', async () => {
  const { follower, append, server, platform } = setUp();
  const told = collect(follower.follow(chat, { afterSeq: 0 }));
  await settle();
  append({ kind: EntryKind.POST });
  await settle();
  server.link.drop();
  for (let i = 0; i < 9; i++) append({ kind: EntryKind.POST }, false);
  await platform.advance(60_000);
  append({ kind: EntryKind.POST });
  await settle();
  const entries = told.filter((each) => /^\d+$/.test(each));
  assert.deepEqual(
    entries,
    posts(1, 11).map(({ seq }) => String(seq)),
  );
  assert.deepEqual(
    told.filter((each) => !/^\d+$/.test(each)),
    ['back', 'live 0', 'lost', 'back'],
  );
});

test('SDK-4: a lag notice is caught up by reading', async () => {
  const { follower, append, server } = setUp();
  const told = collect(follower.follow(chat, { afterSeq: 0 }));
  await settle();
  for (let i = 0; i < 12; i++) append({ kind: EntryKind.POST }, false);
  server.link.push({ case: 'lag', value: { conversationId: chat, headSeq: 12 } });
  await settle();
  assert.deepEqual(
    told.slice(2),
    posts(1, 12).map(({ seq }) => String(seq)),
  );
});

test('SDK-4: a subscription that the server ended is asked for again, and missed entries are read', async () => {
  const { follower, append, server } = setUp();
  const told = collect(follower.follow(chat, { afterSeq: 0 }));
  await settle();
  append({ kind: EntryKind.POST });
  server.link.push({ case: 'ended', value: { conversationId: chat } });
  for (let i = 0; i < 8; i++) append({ kind: EntryKind.POST }, false);
  await settle();
  append({ kind: EntryKind.POST });
  await settle();
  assert.deepEqual(
    told.slice(2),
    posts(1, 10).map(({ seq }) => String(seq)),
  );
});

test('SDK-4: a subscription that ended for good ends the follow with the code', async () => {
  const { follower, server } = setUp();
  const told = collect(follower.follow(chat, { afterSeq: 0 }));
  await settle();
  server.on(LogService.method.subscribe, () => ({
    results: [{ conversationId: chat, failure: { code: 'taken_down', message: 'gone' } }],
  }));
  server.link.push({ case: 'ended', value: { conversationId: chat } });
  await settle();
  assert.deepEqual(told.slice(2), ['taken_down']);
});

test('SDK-4: a refused subscription ends the follow with its code', async () => {
  const { follower, server } = setUp();
  server.on(LogService.method.subscribe, () => ({
    results: [{ conversationId: chat, failure: { code: 'not_found', message: 'no' } }],
  }));
  const told = collect(follower.follow(chat));
  await settle();
  assert.deepEqual(told, ['back', 'not_found']);
});

test('SDK-4: a read that is refused for now is tried again', async () => {
  const { follower, append, server, platform, log } = setUp();
  let refusals = 2;
  server.on(LogService.method.read, ({ afterSeq }) => {
    if (refusals-- > 0) throw new HeliogramError('rate_limited', 'slow', { retryAfterMs: 1_000 });
    return { entries: log.slice(afterSeq), headSeq: log.length };
  });
  const told = collect(follower.follow(chat, { afterSeq: 0 }));
  await settle();
  append({ kind: EntryKind.POST }, false);
  append({ kind: EntryKind.POST });
  await platform.advance(20_000);
  assert.deepEqual(told.slice(2), ['1', '2']);
});

test('SDK-4: a consumer that does not read leaves no queue without end, and misses nothing', async () => {
  const { follower, append, platform } = setUp();
  const events = follower.follow(chat, { afterSeq: 0 });
  await settle();
  const count = 6_000;
  for (let i = 0; i < count; i++) append({ kind: EntryKind.POST });
  const told = collect(events);
  for (let i = 0; i < 600 && told.length < count + 2; i++) await settle();
  await platform.advance(1_000);
  assert.deepEqual(
    told.slice(2),
    posts(1, count).map(({ seq }) => String(seq)),
  );
});

test('SDK-4: an ended follow is unsubscribed and tells nothing more', async () => {
  const { follower, append, server } = setUp();
  const follow = follower.follow(chat);
  const told = collect(follow);
  await settle();
  follow.end();
  append({ kind: EntryKind.POST });
  await settle();
  assert.deepEqual(told, ['back', 'live 0', 'end']);
  assert.ok(server.requests.some((name) => name.endsWith('/Unsubscribe')));
});

test('SDK-4: who wants the counters of a log has them, whoever else follows it', async () => {
  const { follower, server, platform } = setUp();
  let counted = false;
  server.on(LogService.method.subscribe, ({ subscriptions }) => {
    // As the server has it: a connection has one subscription of a log, and the last one counts.
    for (const { counters } of subscriptions) counted = counters;
    return { results: subscriptions.map(({ conversationId }) => ({ conversationId, headSeq: 0 })) };
  });
  collect(follower.follow(chat, { counters: true }));
  await settle();
  collect(follower.follow(chat, { afterSeq: 0 }));
  await settle();
  assert.equal(counted, true);
  server.link.drop();
  counted = false;
  await platform.advance(60_000);
  assert.equal(counted, true);
});

test('SDK-20: a log that was restored goes on with what came after the restore, once', async () => {
  const { follower, log, append, server, platform } = setUp();
  log.push(...posts(1, 3));
  const told = collect(follower.follow(chat, { afterSeq: 1 }));
  await settle();
  append({ kind: EntryKind.POST });
  await settle();
  server.link.drop();
  // Back to 2; what came since was sent later.
  log.length = 2;
  for (const at of [1, 2, 3]) append({ kind: EntryKind.POST, sentAt: timestampOf(at) }, false);
  await platform.advance(60_000);
  append({ kind: EntryKind.POST });
  await settle();
  assert.deepEqual(told, [
    ...['back', 'live 3', '2', '3', '4', 'lost', 'back'],
    ...['rewound 4 to 2', '3', '4', '5', '6'],
  ]);
});
