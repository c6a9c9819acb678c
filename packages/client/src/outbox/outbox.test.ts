import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type AppendRequest,
  AppendResponseSchema,
  DependencyError,
  HeliogramError,
  limits,
  ValidationError,
} from '@heliogram/protocol';
import { FakeServer, fakePlatform, settle } from '../../tests/fake-server.ts';
import type { Caller } from '../connection/connection.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { ClientStore } from '../store/port.ts';
import { Outbox, type OutboxPost } from './outbox.ts';

const post = (text: string): OutboxPost => ({
  payload: new TextEncoder().encode(text),
  targetSeq: 0,
  silent: false,
  fingerprint: text,
});
const posts = (...texts: string[]) => texts.map(post);

/** A log that appends each id once, with faults before or after the append as the test says. */
class FakeLog {
  readonly texts: string[] = [];
  readonly batches: number[] = [];
  faults: ('lost before' | 'lost after' | HeliogramError | undefined)[] = [];
  refuses: ReadonlyMap<string, HeliogramError> = new Map();
  readonly #ids = new Map<string, number>();

  append(request: AppendRequest): MessageInitShape<typeof AppendResponseSchema> {
    this.batches.push(request.entries.length);
    const fault = this.faults.shift();
    if (fault === 'lost before') throw new DependencyError('interrupted', 'lost');
    if (fault instanceof HeliogramError) throw fault;
    const results = request.entries.map(({ appendId, payload }) => {
      const text = new TextDecoder().decode(payload);
      const refusal = this.refuses.get(text);
      if (refusal) {
        const { code, message } = refusal;
        return { outcome: { case: 'failure', value: { code, message } } } as const;
      }
      const id = Buffer.from(appendId).toString('hex');
      const seq = this.#ids.get(id) ?? this.texts.push(text);
      const duplicate = this.#ids.has(id);
      this.#ids.set(id, seq);
      return { outcome: { case: 'appended', value: { seq, duplicate } } } as const;
    });
    if (fault === 'lost after') throw new DependencyError('interrupted', 'lost');
    return { results };
  }
}

type Options = {
  store?: ClientStore;
  retries?: boolean;
  session?: string;
  alive?: string[];
  signedIn?: boolean;
};

function setUp(options: Options = {}) {
  const log = new FakeLog();
  const { store = createMemoryStore(), retries = true, session = 's1', alive = [] } = options;
  const { signedIn = true } = options;
  const platform = {
    // Each process has randomness of its own.
    ...fakePlatform(new FakeServer(), session.length * 31 + session.charCodeAt(0)),
    process: { session, isAlive: (other: string) => alive.includes(other) },
  };
  const outboxOn = (target: FakeLog) =>
    new Outbox({ store: store.outbox, call: callOf(target), platform, retries, signedIn });
  return { log, store, platform, outbox: outboxOn(log), outboxOn };
}

/** The one method that an outbox calls. */
function callOf(log: FakeLog): Caller {
  return async (method, request) => {
    await Promise.resolve();
    const answer = create(AppendResponseSchema, log.append(appendRequest(request)));
    return create(method.output, answer as never);
  };
}

function appendRequest(request: unknown): AppendRequest {
  return request as AppendRequest;
}

test('SDK-6: posts are appended in order, all that waits in one batch', async () => {
  const { outbox, log } = setUp();
  const first = await outbox.enqueue('c', posts('a'));
  const rest = await outbox.enqueue('c', posts('b', 'c', 'd'));
  const seqs = await Promise.all([...first, ...rest].map(({ posted }) => posted));
  assert.deepEqual(
    seqs.map(({ seq }) => seq),
    [1, 2, 3, 4],
  );
  assert.deepEqual(log.texts, ['a', 'b', 'c', 'd']);
  assert.ok(log.batches.length <= 2, `${log.batches.length} appends`);
});

test('SDK-6: a batch has no more entries than the limit', async () => {
  const { outbox, log } = setUp();
  const texts = Array.from({ length: limits.maxAppendBatch * 2 + 3 }, (_, i) => `${i}`);
  const sent = await outbox.enqueue('c', posts(...texts));
  await Promise.all(sent.map(({ posted }) => posted));
  assert.deepEqual(log.texts, texts);
  assert.ok(Math.max(...log.batches) <= limits.maxAppendBatch);
});

test('SDK-6: a batch is no larger than a request may be', async () => {
  const { outbox, log } = setUp();
  const texts = Array.from({ length: 40 }, (_, i) => `${i}`.padEnd(60_000));
  const sent = await outbox.enqueue('c', posts(...texts));
  await Promise.all(sent.map(({ posted }) => posted));
  assert.deepEqual(log.texts, texts);
  assert.ok(Math.max(...log.batches) * 60_000 <= 1_048_576);
});

for (const fault of ['lost before', 'lost after'] as const) {
  test(`SDK-6: an answer that is ${fault} the append is asked for again: once in the log`, async () => {
    const { outbox, log, platform } = setUp();
    log.faults = [fault, fault, fault];
    const sent = await outbox.enqueue('c', posts('a', 'b'));
    await platform.advance(120_000);
    await Promise.all(sent.map(({ posted }) => posted));
    assert.deepEqual(log.texts, ['a', 'b']);
  });
}

test('SDK-6: what is added while a batch is lost comes after it', async () => {
  const { outbox, log, platform } = setUp();
  log.faults = ['lost before'];
  const first = await outbox.enqueue('c', posts('a'));
  await settle();
  const second = await outbox.enqueue('c', posts('b'));
  await platform.advance(60_000);
  await Promise.all([...first, ...second].map(({ posted }) => posted));
  assert.deepEqual(log.texts, ['a', 'b']);
});

test('SDK-7: a refused entry fails alone, with its code', async () => {
  const { outbox, log } = setUp();
  log.refuses = new Map([['b', new ValidationError('too_large', 'too long')]]);
  const [a, b, c] = await outbox.enqueue('c', posts('a', 'b', 'c'));
  assert.ok(a && b && c);
  await assert.rejects(
    b.posted,
    (error) => error instanceof HeliogramError && error.code === 'too_large',
  );
  await Promise.all([a.posted, c.posted]);
  assert.deepEqual(log.texts, ['a', 'c']);
});

test('SDK-7: a request refused as a whole fails all its entries', async () => {
  const { outbox, log } = setUp();
  log.faults = [new HeliogramError('forbidden', 'no')];
  const sent = await outbox.enqueue('c', posts('a', 'b'));
  const outcomes = await Promise.allSettled(sent.map(({ posted }) => posted));
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code),
    ['forbidden', 'forbidden'],
  );
  assert.deepEqual(log.texts, []);
});

test('SDK-7: a fault of the server is asked about again, and gives up in the end', async () => {
  const { outbox, log, platform } = setUp({ retries: false });
  log.faults = Array.from({ length: 2 }, () => new HeliogramError('internal', 'oops'));
  const sent = await outbox.enqueue('c', posts('a'));
  await platform.advance(120_000);
  await Promise.all(sent.map(({ posted }) => posted));
  assert.deepEqual(log.texts, ['a']);
  log.faults = Array.from({ length: 9 }, () => new HeliogramError('internal', 'oops'));
  const [again] = await outbox.enqueue('c', posts('b'));
  await platform.advance(120_000);
  await assert.rejects(again?.posted ?? Promise.resolve());
});

test('SDK-7: a rate limit is waited out, in smaller batches', async () => {
  const { outbox, log, platform } = setUp({ retries: false });
  const limit = new ValidationError('rate_limited', 'slow down', { retryAfterMs: 3_000 });
  log.faults = [limit, limit];
  const sent = await outbox.enqueue('c', posts('a', 'b', 'c', 'd'));
  await platform.advance(60_000);
  await Promise.all(sent.map(({ posted }) => posted));
  assert.deepEqual(log.texts, ['a', 'b', 'c', 'd']);
  assert.ok(platform.delays.every((delay) => delay >= 3_000));
});

test('SDK-8: what a killed process left is sent by the next one, once', async () => {
  const store = createMemoryStore();
  const killed = setUp({ store, session: 'dead' });
  killed.log.faults = Array.from({ length: 99 }, () => 'lost before');
  await killed.outbox.enqueue('c', posts('a', 'b'));
  killed.outbox.close();
  const next = setUp({ store, session: 'next' });
  await next.outbox.flush();
  await next.outbox.flush();
  assert.deepEqual(next.log.texts, ['a', 'b']);
});

test('SDK-8: a killed process whose append arrived is not repeated by whoever posts the same again', async () => {
  const store = createMemoryStore();
  const killed = setUp({ store, session: 'dead' });
  killed.log.faults = ['lost after'];
  await killed.outbox.enqueue('c', posts('a', 'b'));
  await settle();
  killed.outbox.close();
  const next = setUp({ store, session: 'next' });
  const outbox = next.outboxOn(killed.log);
  const sent = await outbox.enqueue('c', posts('a', 'b', 'c'));
  const seqs = await Promise.all(sent.map(({ posted }) => posted));
  assert.deepEqual(
    seqs.map(({ seq }) => seq),
    [1, 2, 3],
  );
  assert.deepEqual(killed.log.texts, ['a', 'b', 'c']);
});

test('SDK-8: what was reported is posted anew when it is said again', async () => {
  const store = createMemoryStore();
  const first = setUp({ store, session: 'one' });
  const sent = await first.outbox.enqueue('c', posts('ok'));
  await Promise.all(sent.map(({ posted }) => posted));
  await first.outbox.reported(sent);
  const second = setUp({ store, session: 'two' });
  const again = await second.outboxOn(first.log).enqueue('c', posts('ok'));
  await Promise.all(again.map(({ posted }) => posted));
  assert.deepEqual(first.log.texts, ['ok', 'ok']);
});

test('SDK-8: a living process’s posts are left to it', async () => {
  const store = createMemoryStore();
  const other = setUp({ store, session: 'other' });
  other.log.faults = Array.from({ length: 99 }, () => 'lost before');
  await other.outbox.enqueue('c', posts('a'));
  const { outbox, log } = setUp({ store, session: 'me', alive: ['other'] });
  await outbox.flush();
  assert.deepEqual(log.batches, []);
});

test('SDK-6: without retries a loss is told, and the entry stays for later', async () => {
  const store = createMemoryStore();
  const { outbox, log } = setUp({ store, retries: false });
  log.faults = ['lost before'];
  const [sent] = await outbox.enqueue('c', posts('a'));
  await assert.rejects(
    sent?.posted ?? Promise.resolve(),
    (error) => error instanceof DependencyError,
  );
  outbox.close();
  const next = setUp({ store, session: 'next' });
  await next.outbox.flush();
  assert.deepEqual(next.log.texts, ['a']);
});

test('SDK-6: a post beyond the limit is refused before it is kept', async () => {
  const { outbox, log } = setUp();
  const large = post('x'.repeat(limits.maxPayloadBytes + 1));
  await assert.rejects(
    outbox.enqueue('c', [post('a'), large]),
    (error) => error instanceof HeliogramError && error.code === 'too_large',
  );
  await outbox.flush();
  assert.deepEqual(log.batches, []);
});

const withId = (text: string, id: number): OutboxPost => ({
  ...post(text),
  appendId: new Uint8Array(16).fill(id),
});

test('SDK-18: the same append id is the same post, in one session and in the next', async () => {
  const store = createMemoryStore();
  const { outbox, log } = setUp({ store });
  const [first, twice] = await outbox.enqueue('c', [withId('a', 1), withId('a', 1)]);
  const [again] = await outbox.enqueue('c', [withId('a', 1)]);
  const seqs = await Promise.all([first, twice, again].map((each) => each?.posted));
  assert.deepEqual(
    seqs.map((each) => each?.seq),
    [1, 1, 1],
  );
  outbox.close();
  const next = setUp({ store, session: 'next' }).outboxOn(log);
  const [later] = await next.enqueue('c', [withId('a', 1)]);
  assert.equal((await later?.posted)?.seq, 1);
  assert.deepEqual(log.texts, ['a']);
});

test('SDK-18: a command sent again after its leader died is posted once', async () => {
  const store = createMemoryStore();
  const dead = setUp({ store, session: 'dead' });
  dead.log.faults = ['lost after'];
  await dead.outbox.enqueue('c', [withId('a', 1)]);
  await settle();
  dead.outbox.close();
  const { log } = dead;
  const next = setUp({ store, session: 'next' }).outboxOn(log);
  const flushed = next.flush();
  const [again, other] = await next.enqueue('c', [withId('a', 1), withId('a', 2)]);
  await Promise.all([again?.posted, other?.posted, flushed]);
  assert.deepEqual(log.texts, ['a', 'a']);
});

test('SDK-18: what happens to posts is told, also of those that another session left', async () => {
  const store = createMemoryStore();
  const dead = setUp({ store, session: 'dead' });
  dead.log.faults = Array.from({ length: 9 }, () => 'lost before');
  await dead.outbox.enqueue('c', [withId('left', 9)]);
  dead.outbox.close();
  const { outbox, log } = setUp({ store, session: 'next' });
  log.refuses = new Map([['b', new ValidationError('too_large', 'too long')]]);
  const told: string[] = [];
  const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
  outbox.events.on('queued', ({ items }) => {
    told.push(`queued ${items.map(({ payload }) => text(payload))}`);
  });
  outbox.events.on('posted', ({ item, seq }) => told.push(`posted ${text(item.payload)} ${seq}`));
  outbox.events.on('failed', ({ item, error }) => {
    told.push(`failed ${text(item.payload)} ${error.code}`);
  });
  await outbox.flush();
  const sent = await outbox.enqueue('c', [withId('a', 1), withId('b', 2)]);
  await Promise.allSettled(sent.map(({ posted }) => posted));
  assert.deepEqual(told, ['posted left 1', 'queued a,b', 'posted a 2', 'failed b too_large']);
});

test('SDK-18: a refused post stays in sight until it is sent once more or taken back', async () => {
  const store = createMemoryStore();
  const first = setUp({ store });
  first.log.refuses = new Map(
    ['a', 'b'].map((text) => [text, new HeliogramError('forbidden', '')]),
  );
  const sent = await first.outbox.enqueue('c', [withId('a', 1), withId('b', 2)]);
  await Promise.allSettled(sent.map(({ posted }) => posted));
  first.outbox.close();
  const { outbox, log, platform } = setUp({ store, session: 'next' });
  await platform.advance(9_999_999);
  await outbox.flush();
  const [a, b] = await outbox.unsettled('c');
  assert.ok(a && b);
  assert.deepEqual([a.outcome?.kind, b.outcome?.kind], ['failed', 'failed']);
  assert.deepEqual(await outbox.unsettled('elsewhere'), []);
  const retried = await outbox.retry(a.id);
  assert.equal((await retried.posted).seq, 1);
  assert.deepEqual(await outbox.discard([b.id]), [b.id]);
  assert.deepEqual(await outbox.unsettled(), []);
  assert.deepEqual(log.texts, ['a']);
  await assert.rejects(outbox.retry(b.id), { code: 'not_found' });
});

test('SDK-18: what waits can be taken back, what is on its way cannot', async () => {
  const { outbox, log } = setUp();
  const answer = Promise.withResolvers<void>();
  const append = log.append.bind(log);
  const reached = Promise.withResolvers<void>();
  const slow: Caller = async (method, request) => {
    reached.resolve();
    await answer.promise;
    return create(method.output, append(appendRequest(request)) as never);
  };
  const store = createMemoryStore();
  const { platform } = setUp();
  const waiting = new Outbox({ store: store.outbox, call: slow, platform, retries: true });
  const [a] = await waiting.enqueue('c', [withId('a', 1)]);
  await reached.promise;
  const [b] = await waiting.enqueue('c', [withId('b', 2)]);
  assert.ok(a && b);
  assert.deepEqual(await waiting.discard([a.id, b.id]), [b.id]);
  await assert.rejects(b.posted, { code: 'interrupted' });
  answer.resolve();
  await a.posted;
  await waiting.flush();
  assert.deepEqual(log.texts, ['a']);
  outbox.close();
});

test('SDK-19: without an account nothing is taken in, and nothing of others is sent', async () => {
  const store = createMemoryStore();
  const other = setUp({ store, session: 'other' });
  other.log.faults = Array.from({ length: 9 }, () => 'lost before');
  await other.outbox.enqueue('c', posts('a'));
  other.outbox.close();
  const { outbox, log } = setUp({ store, session: 'me', signedIn: false });
  await assert.rejects(outbox.enqueue('c', posts('b')), { code: 'unauthenticated' });
  await outbox.flush();
  assert.deepEqual(log.batches, []);
  assert.equal((await outbox.unsettled()).length, 1);
});

test('SDK-18: what is taken back while it is being fetched is not sent', async () => {
  const { store, log, platform } = setUp();
  const gate = Promise.withResolvers<void>();
  const fetched = Promise.withResolvers<void>();
  const { pending } = store.outbox;
  const slow = Object.assign(Object.create(store.outbox), {
    pending: async (query: Parameters<typeof pending>[0]) => {
      const items = await store.outbox.pending(query);
      fetched.resolve();
      await gate.promise;
      return items;
    },
  });
  for (const name of ['enqueue', 'settle', 'items', 'forget'] as const) {
    slow[name] = store.outbox[name].bind(store.outbox);
  }
  const outbox = new Outbox({ store: slow, call: callOf(log), platform, retries: true });
  const [a, b] = await outbox.enqueue('c', [withId('a', 1), withId('b', 2)]);
  assert.ok(a && b);
  await fetched.promise;
  assert.deepEqual(await outbox.discard([a.id]), [a.id]);
  gate.resolve();
  await b.posted;
  assert.deepEqual(log.texts, ['b']);
});
