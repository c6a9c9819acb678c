import type { CachedEntry, EntryStore } from '../../src/store/port.ts';
import { same } from './assertions.ts';
import type { Check } from './check.ts';

export const cached = (seq: number, text = `text ${seq}`): CachedEntry => ({
  seq,
  kind: 1,
  sentAt: 1_000 + seq,
  encoded: Uint8Array.of(seq % 256, 7),
  text,
});

export const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => cached(from + i));

const seqs = (entries: readonly CachedEntry[]) => entries.map(({ seq }) => seq);
const keep = (store: EntryStore, known: readonly [number, number], conversationId = 'c1') => {
  const [from, to] = known;
  return store.put({ conversationId, entries: run(from, to), known: { from, to }, usedAt: 1 });
};
const all = { conversationId: 'c1', limit: 100 };

export function entryCases(check: Check): void {
  check('entries come back as they were, in order, from either side', async ({ entries }) => {
    await keep(entries, [5, 9]);
    const { entries: last } = await entries.range({ conversationId: 'c1', limit: 2 });
    same(last, [cached(8), cached(9)]);
    const before = await entries.range({ ...all, beforeSeq: 8, limit: 2 });
    same(seqs(before.entries), [6, 7]);
    const after = await entries.range({ ...all, afterSeq: 5, limit: 2 });
    same(seqs(after.entries), [6, 7]);
    const between = await entries.range({ ...all, afterSeq: 5, beforeSeq: 8 });
    same(seqs(between.entries), [6, 7]);
    same((await entries.range({ ...all, conversationId: 'c2' })).entries, []);
  });

  check('a range is no larger than its limit, whatever is asked', async ({ entries }) => {
    await keep(entries, [1, 600]);
    same((await entries.range({ ...all, limit: 10_000 })).entries.length, 500);
    same((await entries.range({ ...all, limit: 0 })).entries.length, 0);
  });

  check('what is known whole joins where it touches, and only there', async ({ entries }) => {
    await keep(entries, [10, 12]);
    await keep(entries, [20, 22]);
    await keep(entries, [13, 15]);
    same((await entries.range(all)).spans, [
      { from: 10, to: 15 },
      { from: 20, to: 22 },
    ]);
    await entries.put({
      conversationId: 'c1',
      entries: [cached(18)],
      known: { from: 16, to: 19 },
      usedAt: 1,
    });
    const { entries: kept, spans } = await entries.range(all);
    same(spans, [{ from: 10, to: 22 }]);
    same(seqs(kept), [10, 11, 12, 13, 14, 15, 18, 20, 21, 22]);
  });

  check('an entry alone says nothing of its neighbours', async ({ entries }) => {
    await entries.put({ conversationId: 'c1', entries: [cached(7)], usedAt: 1 });
    same((await entries.range(all)).spans, []);
    same(seqs((await entries.range(all)).entries), [7]);
  });

  check('what is read anew replaces what was kept between the same seqs', async ({ entries }) => {
    await keep(entries, [1, 5]);
    const newer = { ...cached(3), text: 'other', encoded: Uint8Array.of(9) };
    const known = { from: 2, to: 4 };
    await entries.put({ conversationId: 'c1', entries: [newer], known, usedAt: 2 });
    const { entries: kept } = await entries.range(all);
    same(kept, [cached(1), newer, cached(5)]);
    same((await entries.search({ query: 'text', limit: 9 })).length, 2);
  });

  check('changes only what is kept', async ({ entries }) => {
    await keep(entries, [1, 2]);
    await entries.change('c1', [cached(2, 'edited'), cached(3, 'edited')]);
    await entries.change('c2', [cached(2, 'edited')]);
    same((await entries.range(all)).entries, [cached(1), cached(2, 'edited')]);
  });

  check('what is removed stays known to be gone', async ({ entries }) => {
    await keep(entries, [1, 3]);
    await entries.remove('c1', [2, 99]);
    const { entries: kept, spans } = await entries.range(all);
    same(seqs(kept), [1, 3]);
    same(spans, [{ from: 1, to: 3 }]);
  });

  check('sizes count entries and bytes of each conversation', async ({ entries }) => {
    same(await entries.sizes(), []);
    await keep(entries, [1, 3]);
    await keep(entries, [1, 9], 'c2');
    await entries.change('c1', [cached(1, 'a longer text than before')]);
    await entries.remove('c1', [2]);
    same(await entries.sizes(), [
      { conversationId: 'c2', entries: 9, bytes: 9 * 8 },
      { conversationId: 'c1', entries: 2, bytes: 2 + 25 + 2 + 6 },
    ]);
  });

  check('trimming keeps the newest of a long log, and cuts what is known', async ({ entries }) => {
    await keep(entries, [1, 10]);
    await keep(entries, [20, 29]);
    await entries.trim({ maxEntriesPerConversation: 12, maxBytes: 1e9 });
    const { entries: kept, spans } = await entries.range(all);
    same(seqs(kept), [9, 10, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    same(spans, [
      { from: 9, to: 10 },
      { from: 20, to: 29 },
    ]);
    same((await entries.search({ query: 'text', limit: 99 })).length, 12);
  });

  check('trimming by bytes takes from the log not used for longest', async ({ entries }) => {
    const put = (conversationId: string, usedAt: number) =>
      entries.put({ conversationId, entries: run(1, 60), known: { from: 1, to: 60 }, usedAt });
    await put('old', 1);
    await put('newer', 2);
    await put('old', 3);
    await put('newest', 4);
    const bytes = (await entries.sizes()).reduce((sum, each) => sum + each.bytes, 0);
    await entries.trim({ maxEntriesPerConversation: 1_000, maxBytes: bytes - 1 });
    const counts = async () =>
      (await entries.sizes()).map((each) => [each.conversationId, each.entries]).sort();
    same(await counts(), [
      ['newer', 50],
      ['newest', 60],
      ['old', 60],
    ]);
    await entries.trim({ maxEntriesPerConversation: 1_000, maxBytes: 900 });
    same(await counts(), [
      ['newest', 50],
      ['old', 50],
    ]);
    await entries.trim({ maxEntriesPerConversation: 1_000, maxBytes: 0 });
    same(await counts(), []);
    same((await entries.range({ ...all, conversationId: 'old' })).spans, []);
  });

  check('how far a log was seen moves forward only, and goes with it', async ({ entries }) => {
    const seen = async () => (await entries.range(all)).seenSeq;
    same(await seen(), 0);
    const put = (seenSeq?: number) =>
      entries.put({ conversationId: 'c1', entries: [cached(1)], seenSeq, usedAt: 1 });
    await put(9);
    await put();
    await put(7);
    same(await seen(), 9);
    await entries.forget('c1');
    same(await seen(), 0);
  });

  check('says when the last entry that was seen was sent, and forgets it', async ({ entries }) => {
    const seen = async () => {
      const { seenSeq, seenSentAt } = await entries.range(all);
      return [seenSeq, seenSentAt];
    };
    const put = (seenSeq?: number, seenSentAt?: number) =>
      entries.put({ conversationId: 'c1', entries: [], usedAt: 1, seenSeq, seenSentAt });
    await put(5, 500);
    same(await seen(), [5, 500]);
    await put(4, 400);
    await put();
    same(await seen(), [5, 500]);
    await put(5, 501);
    same(await seen(), [5, 501]);
    await put(6);
    same(await seen(), [6, undefined]);
    await entries.forget('c1');
    same(await seen(), [0, undefined]);
  });

  check('forgets one conversation and nothing of another', async ({ entries }) => {
    await keep(entries, [1, 3]);
    await keep(entries, [1, 3], 'c2');
    await entries.forget('c1');
    const nothing = { entries: [], spans: [], seenSeq: 0, seenSentAt: undefined };
    same(await entries.range(all), nothing);
    same((await entries.search({ query: 'text', limit: 9 })).length, 3);
    await keep(entries, [2, 2]);
    same((await entries.range(all)).spans, [{ from: 2, to: 2 }]);
  });
}
