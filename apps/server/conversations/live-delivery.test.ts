import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountId, deviceId, limits, type ServerFrame } from '@heliogram/protocol';
import { settle } from '../gateway/tests/gateway-world.ts';
import {
  type ConversationsWorld,
  conversationsWorld,
  methods,
  reader,
} from './tests/conversations-world.ts';

type Frames = ServerFrame['frame'][];

const other = {
  ...reader,
  account: 2,
  accountId: accountId('12'.repeat(32)),
  deviceId: deviceId('34'.repeat(16)),
};

const entriesOf = (frames: Frames) =>
  frames.flatMap(({ case: kind, value }) => (kind === 'entry' && value.entry ? [value.entry] : []));

const upTo = (seq: number, from = 1) =>
  Array.from({ length: Math.max(0, seq - from + 1) }, (_, index) => from + index);

test('LOG-15: whenever someone subscribes, every entry is in the backlog or pushed', async (t) => {
  const world = await conversationsWorld(t);
  const { conversations, conversation, connect, post } = world;
  const place = await conversation();
  const append = () => conversations.log.append(place, [post('words')]);
  let random = 20_261_123;
  const draw = (below: number) => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random % below;
  };
  let known = 0;
  for (let round = 0; round < 120; round += 1) {
    const { link, connection, subscribe } = await connect();
    const appends: Promise<unknown>[] = [];
    const publish = async (count: number) => {
      for (let one = 0; one < count; one += 1) {
        appends.push(append());
        for (let ticks = draw(3); ticks > 0; ticks -= 1)
          await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const publishing = publish(draw(12));
    for (let ticks = draw(6); ticks > 0; ticks -= 1)
      await new Promise((resolve) => setImmediate(resolve));
    const [subscribed] = await subscribe({
      conversationId: place.conversationId,
      afterSeq: known,
      backlog: true,
    });
    await publishing;
    await Promise.all(appends);
    await settle();
    assert.ok(subscribed);
    const { backlog, headSeq } = subscribed;
    const pushed = entriesOf(link.frames()).map(({ seq }) => seq);
    const beyond = pushed.filter((seq) => seq > headSeq);
    assert.deepEqual(
      backlog.map(({ seq }) => seq),
      upTo(headSeq, known + 1),
      `round ${round}`,
    );
    const head = (await world.storage.log.heads([place.id])).get(place.id)?.headSeq ?? 0;
    assert.deepEqual(beyond, upTo(head, headSeq + 1), `round ${round}: pushed beyond the head`);
    known = head;
    connection.closed();
  }
  assert.ok(known > 300);
});

test('LOG-15: a long backlog is left to reading, by count and by bytes', async (t) => {
  const { conversations, conversation, connect, post } = await conversationsWorld(t);
  const place = await conversation();
  const { conversationId } = place;
  const { subscribe } = await connect();
  const bound = limits.maxBacklogEntries;
  await conversations.log.append(
    place,
    upTo(bound + 1).map((seq) => post(`${seq}`)),
  );
  const ask = async (afterSeq: number, backlog = true) => {
    const [subscribed] = await subscribe({ conversationId, afterSeq, backlog });
    return [subscribed?.headSeq, subscribed?.backlog.length];
  };
  assert.deepEqual(await ask(0), [bound + 1, 0]);
  assert.deepEqual(await ask(1), [bound + 1, bound]);
  assert.deepEqual(await ask(1, false), [bound + 1, 0]);
  assert.deepEqual(await ask(bound + 1), [bound + 1, 0]);
  assert.deepEqual(await ask(bound + 100), [bound + 1, 0]);
  await conversations.log.append(place, [post('x'.repeat(40_000)), post('x'.repeat(40_000))]);
  assert.deepEqual(await ask(bound + 1), [bound + 3, 0]);
  assert.deepEqual(await ask(bound + 2), [bound + 3, 1]);
});

test('LOG-15: the subscriptions of a connection are bounded, though many come at once', async (t) => {
  const { conversation, connect } = await conversationsWorld(t);
  const places = await Promise.all(upTo(40).map(() => conversation()));
  const { connection, subscribe } = await connect();
  const bound = limits.maxSubscriptionsPerConnection;
  for (let index = 0; index < bound - 10; index += 1) {
    connection.subscribe(`${index}`, { counters: false });
  }
  const answers = await Promise.all(
    places.map(({ conversationId }) => subscribe({ conversationId })),
  );
  const refused = answers.flat().filter(({ failure }) => failure?.code === 'limit_reached');
  assert.equal(refused.length, 30);
  assert.equal(connection.subscriptions, bound);
});

const markOf = async ({ storage }: ConversationsWorld, account: number) =>
  (
    await storage.db
      .selectFrom('read_marks')
      .select('seq')
      .where('account', '=', account)
      .executeTakeFirst()
  )?.seq;

test('LOG-16: a mark moves forward only, stops at the head, and each passage is told once', async (t) => {
  const world = await conversationsWorld(t);
  const { call, conversations, conversation, policy, post } = world;
  const place = await conversation();
  const { conversationId } = place;
  const mark = (...seqs: number[]) =>
    Promise.all(seqs.map((seq) => call(methods.acknowledge, { marks: [{ conversationId, seq }] })));
  await mark(5);
  assert.equal(await markOf(world, reader.account), undefined, 'an empty log has nothing to mark');
  await conversations.log.append(
    place,
    upTo(10).map((seq) => post(`${seq}`)),
  );
  await mark(3);
  assert.equal(await markOf(world, reader.account), 3);
  await mark(2);
  assert.equal(await markOf(world, reader.account), 3, 'never back');
  await mark(7, 4, 6, 1);
  assert.equal(await markOf(world, reader.account), 7, 'the furthest of many at once');
  await mark(limits.maxSeq);
  assert.equal(await markOf(world, reader.account), 10, 'no further than the head');
  assert.deepEqual(
    policy.moves.map(({ from, to }) => [from, to]),
    [
      [0, 3],
      [3, 7],
      [7, 10],
    ],
  );
});

test('LOG-16: marks of many accounts are folded, and none is lost by ending', async (t) => {
  const world = await conversationsWorld(t);
  const { call, conversations, conversation, post, storage } = world;
  const place = await conversation();
  await conversations.log.append(place, [post('one'), post('two')]);
  const transactions = t.mock.method(storage, 'transaction');
  const marks = [{ conversationId: place.conversationId, seq: 2 }];
  const calls = upTo(600).map((account) =>
    call(methods.acknowledge, { marks }, { ...reader, account }),
  );
  await new Promise((resolve) => setTimeout(resolve, 5));
  await conversations.drain();
  await Promise.all(calls);
  const { count } = await storage.db
    .selectFrom('read_marks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('seq', '=', 2)
    .executeTakeFirstOrThrow();
  assert.equal(count, 600);
  assert.ok(transactions.mock.callCount() <= 6, `${transactions.mock.callCount()} transactions`);
});

test('LOG-17: a signal reaches whoever is subscribed now, with its sender, and is stored nowhere', async (t) => {
  const { call, conversation, connect, storage } = await conversationsWorld(t);
  const place = await conversation();
  const { conversationId } = place;
  const here = await connect();
  await here.subscribe({ conversationId });
  const elsewhere = await connect(other);
  const payload = new TextEncoder().encode('typing');
  await call(methods.signal, { conversationId, payload });
  await settle();
  const signals = here.link
    .frames()
    .flatMap(({ case: kind, value }) => (kind === 'signal' ? [value] : []));
  assert.deepEqual(
    signals.map(({ accountId: by, payload: what }) => [by, Buffer.from(what).toString()]),
    [[reader.accountId, 'typing']],
  );
  assert.deepEqual(elsewhere.link.frames(), []);
  await elsewhere.subscribe({ conversationId });
  await settle();
  assert.deepEqual(elsewhere.link.frames(), [], 'not kept for later');
  assert.equal((await storage.log.heads([place.id])).get(place.id)?.headSeq, 0);
});

test('LOG-18: neither reads, pushes nor backlogs name the author of an unsigned entry', async (t) => {
  const { call, conversations, conversation, connect, post } = await conversationsWorld(t);
  const place = await conversation();
  const { conversationId } = place;
  const { link, subscribe } = await connect(other);
  await subscribe({ conversationId });
  const author = 424_242;
  await conversations.log.append(place, [
    { ...post('unsigned'), author },
    { ...post('signed'), author: 7, signed: true },
  ]);
  await settle();
  const page = await call(methods.read, { conversationId, listed: true });
  const [subscribed] = await subscribe({ conversationId, backlog: true });
  assert.deepEqual(
    page.authors.map(({ name }) => name),
    ['account 7'],
    'only who signed',
  );
  const everything = JSON.stringify([page, subscribed, link.frames()], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  assert.equal(everything.includes(String(author)), false);
  const fields = new Set(page.entries.flatMap((entry) => Object.keys(entry)));
  assert.equal(
    [...fields].some((name) => /author|account|device/i.test(name)),
    false,
  );
});

test('LOG-19: what one may not read is answered exactly as what is not there', async (t) => {
  const world = await conversationsWorld(t);
  const { call, conversation, connect, policy, appendId } = world;
  const { conversationId: hidden } = await conversation();
  const missing = 'f'.repeat(32);
  const { subscribe, connection } = await connect();
  policy.turnedAway.add(reader);
  const refusal = async (promise: Promise<unknown>) => {
    const error: unknown = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Error && 'code' in error);
    return [error.code, error.message];
  };
  const calls = (conversationId: string) => [
    call(methods.read, { conversationId }),
    call(methods.signal, { conversationId }),
    call(methods.acknowledge, { marks: [{ conversationId, seq: 1 }] }),
    call(methods.append, { conversationId, entries: [{ appendId: appendId() }] }),
    call(methods.redact, { conversationId, seq: 1, appendId: appendId() }),
  ];
  const there = await Promise.all(calls(hidden).map(refusal));
  const nowhere = await Promise.all(calls(missing).map(refusal));
  assert.deepEqual(there, nowhere);
  assert.equal(there[0]?.[0], 'not_found');
  const results = await subscribe({ conversationId: hidden }, { conversationId: missing });
  const [first, second] = results.map(({ failure, headSeq }) => [
    failure?.code,
    failure?.message,
    headSeq,
  ]);
  assert.deepEqual(first, second);
  assert.equal(connection.subscriptions, 0);
});

test('LOG-20: when access ends, so do live subscriptions, of that account or of all', async (t) => {
  const { conversations, conversation, connect, post } = await conversationsWorld(t);
  const place = await conversation();
  const { conversationId } = place;
  const expelled = await connect(reader);
  const staying = await connect(other);
  for (const { subscribe } of [expelled, staying])
    await subscribe({ conversationId, counters: true });
  conversations.notices.accessEnded(conversationId, reader.accountId);
  await conversations.log.append(place, [post('after')]);
  conversations.notices.countersChanged(conversationId, [{ seq: 1, counters: { views: 1 } }]);
  await settle();
  const endOf = { case: 'ended', value: conversationId };
  assert.deepEqual(expelled.link.take().map(endingOf), [endOf]);
  assert.deepEqual(
    staying.link.take().map(({ case: kind }) => kind),
    ['entry', 'counters'],
  );
  conversations.notices.accessEnded(conversationId, 'everybody');
  await conversations.log.append(place, [post('later')]);
  await settle();
  assert.deepEqual(staying.link.take().map(endingOf), [endOf]);
});

test('LOG-20: access that ends while somebody subscribes leaves no subscription behind', async (t) => {
  const { connect, conversation, policy } = await conversationsWorld(t);
  const { conversationId } = await conversation();
  const { connection, subscribe } = await connect(reader);
  const mayRead = policy.mayRead.bind(policy);
  let asked = 0;
  // The first answer is still on its way when access ends and the end is told to whoever is there.
  policy.mayRead = async (caller) => {
    asked += 1;
    await mayRead(caller);
    policy.turnedAway.add(caller);
  };
  const [result] = await subscribe({ conversationId });
  assert.equal(result?.failure?.code, 'not_found');
  assert.equal(asked, 2);
  assert.equal(connection.subscriptions, 0);
});

/** A frame by its kind, and of an ended subscription whose it was. */
function endingOf(frame: ServerFrame['frame']) {
  const value = frame.case === 'ended' ? frame.value.conversationId : undefined;
  return { case: frame.case, value };
}

test('LOG-10, LOG-20: an erased conversation is gone for whoever listened', async (t) => {
  const { call, conversations, conversation, connect, post, storage } = await conversationsWorld(t);
  const place = await conversation();
  const { conversationId } = place;
  const { connection, subscribe } = await connect();
  await conversations.log.append(place, [post('words')]);
  await subscribe({ conversationId });
  await storage.db.deleteFrom('conversations').where('id', '=', place.id).execute();
  await conversations.log.erase(place);
  assert.equal(connection.subscriptions, 0);
  await assert.rejects(call(methods.read, { conversationId }), { code: 'not_found' });
  assert.equal(await storage.log.entry(place.id, 1), undefined);
});
