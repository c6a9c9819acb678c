import type { EntryStore } from '../../src/store/port.ts';
import { holds, same } from './assertions.ts';
import type { Check } from './check.ts';
import { cached } from './entry-cases.ts';

async function keepTexts(store: EntryStore, texts: readonly string[]): Promise<void> {
  const entries = texts.map((text, i) => cached(i + 1, text));
  await store.put({ conversationId: 'c1', entries, usedAt: 1 });
}

const found = async (store: EntryStore, query: string) =>
  (await store.search({ query, limit: 100 })).map(({ entry }) => entry.seq);

/** What somebody could type to break out of the words of a query. */
const hostile = [
  '',
  ' ',
  '"',
  '""',
  '"" ""',
  "'",
  "'; DROP TABLE entries; --",
  '*',
  '^sun',
  'sun*',
  'sun NOT moon',
  'sun OR moon',
  'NEAR(sun moon, 5)',
  'text:sun',
  '-sun',
  '+sun',
  '{text}: sun',
  '(sun',
  'sun)',
  '"sun',
  'sun" OR "moon',
  'sun\0moon',
  '\uD800sun',
  '🎉',
  '%',
  'sun AND',
  'a'.repeat(100_000),
  'sun '.repeat(10_000),
];

export function searchCases(check: Check): void {
  check(
    'finds all words in any order, the newer of equals first, the last one as it begins',
    async (store) => {
      const { entries } = store;
      await keepTexts(entries, ['the sun rises', 'moon and sunset', 'a moon', 'sun and moon']);
      same(await found(entries, 'sun'), [4, 2, 1]);
      same(await found(entries, 'sun '), [4, 1]);
      same(await found(entries, 'moon sun'), [4, 2]);
      same(await found(entries, 'sun moo'), [4]);
      same(await found(entries, '"and sunset"'), [2]);
      same(await found(entries, 'nothing'), []);
    },
  );

  check('the better match first: rarer words, oftener, in less text', async ({ entries }) => {
    const rest = Array.from({ length: 20 }, (_, i) => `nothing of it ${i}`);
    const long = `${'many other words '.repeat(9)} harbour`;
    const texts = ['harbour, harbour, harbour', 'the harbour', long, 'old harbour light'];
    await keepTexts(entries, [...texts, ...rest]);
    same(await found(entries, 'harbour'), [1, 2, 4, 3]);
    await entries.put({ conversationId: 'c2', entries: [cached(30, 'harbour again')], usedAt: 1 });
    same(await found(entries, 'harb'), [1, 30, 2, 4, 3]);
  });

  check('case, width and accents make no difference, in any script', async ({ entries }) => {
    await keepTexts(entries, ['Crème BRÛLÉE', '東京タワーへ行く', 'مرحبا بالعالم', 'ёлка']);
    same(await found(entries, 'creme brul'), [1]);
    same(await found(entries, 'タワー'), [2]);
    same(await found(entries, 'بالعالم'), [3]);
    same(await found(entries, 'ЁЛКА'), [4]);
  });

  check('within one conversation the newest first', async ({ entries }) => {
    const texts = ['harbour, harbour, harbour', 'nothing', 'a harbour', 'old harbour light'];
    await keepTexts(entries, texts);
    const hits = await entries.search({ query: 'harbour', conversationId: 'c1', limit: 9 });
    same(
      hits.map(({ entry }) => entry.seq),
      [4, 3, 1],
    );
  });

  check('a word is found however its script writes it', async ({ entries }) => {
    const texts = [
      'قرأتُ الكِتابَ',
      'サーバーAへ',
      '서울에서 학교가',
      'Straße in Łódź',
      'soft\u00adware',
    ];
    await keepTexts(entries, texts);
    same(await found(entries, 'كتاب'), [1]);
    same(await found(entries, 'الكت'), [1]);
    same(await found(entries, 'サーバー'), [2]);
    same(await found(entries, '서울 학교'), [3]);
    same(await found(entries, 'strasse lodz'), [4]);
    same(await found(entries, 'software'), [5]);
  });

  check('a hit has a line around what was found', async ({ entries }) => {
    await keepTexts(entries, [`${'lorem '.repeat(80)}needle${' ipsum'.repeat(80)}`]);
    const [hit] = await entries.search({ query: 'NEEDLE', limit: 1 });
    holds(hit);
    same(hit.conversationId, 'c1');
    const [from = 0, to = 0] = hit.highlights;
    same(hit.snippet.slice(from, to), 'needle');
    holds(hit.snippet.length < 200);
  });

  check('finds within one conversation, and no more than asked', async ({ entries }) => {
    await keepTexts(entries, ['sun', 'sun', 'sun']);
    await entries.put({ conversationId: 'c2', entries: [cached(9, 'sun')], usedAt: 1 });
    same((await entries.search({ query: 'sun', conversationId: 'c2', limit: 9 })).length, 1);
    same((await entries.search({ query: 'sun', conversationId: 'c3', limit: 9 })).length, 0);
    same((await entries.search({ query: 'sun', limit: 2 })).length, 2);
    same((await entries.search({ query: 'sun', limit: 0 })).length, 0);
  });

  check('finds the newest text only, and nothing that was removed', async ({ entries }) => {
    await keepTexts(entries, ['before', 'secret', 'stays']);
    await entries.change('c1', [cached(1, 'after')]);
    await entries.remove('c1', [2]);
    same(await found(entries, 'before'), []);
    same(await found(entries, 'after'), [1]);
    same(await found(entries, 'secret'), []);
    await entries.change('c1', [cached(3, '')]);
    same(await found(entries, 'stays'), []);
  });

  check('whatever is typed is words and nothing else', async ({ entries }) => {
    await keepTexts(entries, ['sun moon', 'not near text or and']);
    for (const query of hostile) await entries.search({ query, limit: 100 });
    same(await found(entries, 'sun NOT moon'), []);
    same(await found(entries, 'moon OR nothing'), []);
    same(await found(entries, '-sun'), [1]);
    same(await found(entries, 'sun moon'), [1]);
  });
}
