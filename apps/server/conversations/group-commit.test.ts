import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DependencyError, EntryKind } from '@heliogram/protocol';
import { nodeRuntime } from '../node-runtime.ts';
import type { AppendCommand, AppendOutcome, LogStore } from '../storage/port.ts';
import { GroupCommit } from './group-commit.ts';
import { conversationsWorld } from './tests/conversations-world.ts';

const command = (seq: number): AppendCommand => ({
  conversation: 1,
  kind: EntryKind.POST,
  author: 1,
  sentAt: seq,
  appendId: new Uint8Array(16).fill(seq % 256),
  payload: null,
  silent: false,
  signed: false,
  targetSeq: 0,
});

const many = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => command(from + index));

/** A store whose writes end when the test says so. */
class SlowStore {
  readonly writes: (readonly AppendCommand[])[] = [];
  readonly #ends: ((error?: Error) => void)[] = [];

  append(batch: readonly AppendCommand[]): Promise<readonly AppendOutcome[]> {
    this.writes.push(batch);
    return new Promise((resolve, reject) => {
      this.#ends.push((error) => {
        if (error) reject(error);
        else resolve(batch.map(() => ({ kind: 'bad-target' })));
      });
    });
  }

  async end(error?: Error): Promise<void> {
    this.#ends.shift()?.(error);
    await turn();
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

function commits() {
  const store = new SlowStore();
  return { store, group: new GroupCommit(store as unknown as LogStore, nodeRuntime) };
}

test('LOG-12: what arrives together, or during a write, shares the next write', async () => {
  const { store, group } = commits();
  const done: string[] = [];
  const append = (name: string, commands: readonly AppendCommand[]) =>
    group.append(commands, () => done.push(name));
  const together = [append('a', many(1)), append('b', many(2, 2)), append('c', many(1, 4))];
  await turn();
  assert.deepEqual(
    store.writes.map((batch) => batch.map(({ sentAt }) => sentAt)),
    [[1, 2, 3, 4]],
  );
  const later = [append('d', many(1, 5)), append('e', many(1, 6))];
  await turn();
  assert.equal(store.writes.length, 1, 'one write at a time');
  assert.deepEqual(done, [], 'nothing is told before it is durable');
  await store.end();
  await Promise.all(together);
  assert.deepEqual(done, ['a', 'b', 'c']);
  assert.deepEqual(
    store.writes[1]?.map(({ sentAt }) => sentAt),
    [5, 6],
  );
  await store.end();
  await Promise.all(later);
  assert.deepEqual(done, ['a', 'b', 'c', 'd', 'e']);
});

test('LOG-12: a lone append is written in its tick, with nothing to wait for', async () => {
  const { store, group } = commits();
  const alone = group.append(many(1), () => 'durable');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(store.writes.length, 1);
  await store.end();
  assert.equal(await alone, 'durable');
});

test('LOG-12: a thousand concurrent appends to a real log take a handful of writes', async (t) => {
  const { storage, conversations, conversation, post } = await conversationsWorld(t);
  const place = await conversation();
  const append = t.mock.method(storage.log, 'append');
  const outcomes = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) =>
      conversations.log.append(place, [post(`${index}`)]),
    ),
  );
  const seqs = outcomes.map(([outcome]) => (outcome?.kind === 'appended' ? outcome.entry.seq : 0));
  assert.deepEqual(
    seqs,
    Array.from({ length: 1_000 }, (_, index) => index + 1),
    'in order of arrival',
  );
  assert.ok(append.mock.callCount() <= 5, `${append.mock.callCount()} writes`);
});

test('LOG-13: what is durable is told in log order, before anything later', async (t) => {
  const { conversations, conversation, connect, policy, post } = await conversationsWorld(t);
  const place = await conversation();
  const { link, subscribe } = await connect();
  await subscribe({ conversationId: place.conversationId });
  const order: string[] = [];
  const appends = Array.from({ length: 60 }, async (_, index) => {
    if (index % 3 === 0) await turn();
    const [outcome] = await conversations.log.append(place, [post(`${index}`)]);
    order.push(`answer ${outcome?.kind === 'appended' ? outcome.entry.seq : '?'}`);
  });
  await Promise.all(appends);
  await turn();
  const upTo60 = Array.from({ length: 60 }, (_, index) => index + 1);
  assert.deepEqual(policy.told, upTo60, 'the policy hears in order');
  assert.deepEqual(
    order,
    upTo60.map((seq) => `answer ${seq}`),
    'answers come in order',
  );
  const pushed = link
    .frames()
    .flatMap(({ case: kind, value }) => (kind === 'entry' ? [value.entry?.seq] : []));
  assert.deepEqual(pushed, upTo60, 'pushes come in order');
});

test('LOG-14: more than the bound is refused at once, and nothing of it is stored', async () => {
  const { store, group } = commits();
  const fits = group.append(many(65_536), () => 'durable');
  await assert.rejects(
    group.append(many(1), () => 'never'),
    (error) => {
      assert.ok(error instanceof DependencyError);
      assert.equal(error.code, 'unavailable');
      assert.ok((error.retryAfterMs ?? 0) > 0);
      return true;
    },
  );
  await turn();
  assert.equal(store.writes.flat().length, 65_536);
  const after = group.append(many(1, 70_000), () => 'later');
  await store.end();
  assert.equal(await fits, 'durable');
  await store.end();
  assert.equal(await after, 'later', 'room again once they are written');
});

test('LOG-4, LOG-14: a failed write fails all that shared it, and the next goes on', async () => {
  const { store, group } = commits();
  const lost = [group.append(many(1), () => 'a'), group.append(many(1), () => 'b')];
  await turn();
  const next = group.append(many(1), () => 'c');
  const verdicts = Promise.allSettled(lost);
  await store.end(new DependencyError('storage_full', 'full'));
  for (const verdict of await verdicts) assert.equal(verdict.status, 'rejected');
  await store.end();
  assert.equal(await next, 'c');
});

test('LOG-13: one listener that throws keeps nobody else from hearing', async () => {
  const { store, group } = commits();
  const broken = group.append(many(1), () => {
    throw new TypeError('a defect');
  });
  const fine = group.append(many(1), () => 'told');
  await turn();
  const verdict = assert.rejects(broken, TypeError);
  await store.end();
  await verdict;
  assert.equal(await fine, 'told');
});

test('LOG-1: draining waits until everything is durable', async () => {
  const { store, group } = commits();
  const first = group.append(many(1), () => 'a');
  await turn();
  const second = group.append(many(1), () => 'b');
  let drained = false;
  const draining = group.drain().then(() => {
    drained = true;
  });
  await store.end();
  assert.equal(drained, false);
  await store.end();
  await draining;
  assert.deepEqual([await first, await second], ['a', 'b']);
});
