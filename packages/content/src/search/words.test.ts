import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchExpression, searchPhrases } from './query.ts';
import { snippetOf } from './snippet.ts';
import { indexedText, wordsOf } from './words.ts';

const marked = (text: string, query: string): string => {
  const { snippet, highlights } = snippetOf(text, searchPhrases(query));
  let result = '';
  let at = 0;
  for (let index = 0; index < highlights.length; index += 2) {
    const [start = 0, end = 0] = highlights.slice(index, index + 2);
    result += `${snippet.slice(at, start)}[${snippet.slice(start, end)}]`;
    at = end;
  }
  return result + snippet.slice(at);
};

test('SRC-3: case, width and European accents make no difference', () => {
  assert.equal(indexedText('Crème BRÛLÉE, Straße; ＡＢＣ１'), 'creme brulee straße abc1');
  assert.equal(indexedText('ĽUBOMÍR ŁÓDŹ Ёлка'), 'lubomir łodz елка');
  assert.equal(indexedText('İstanbul'), 'istanbul');
});

test('SRC-4: scripts without spaces are words of one character each', () => {
  assert.equal(indexedText('東京タワーへ行くabc'), '東 京 タ ワ ー へ 行 く abc');
  assert.equal(indexedText('สวัสดี'), 'ส วั ส ดี');
  assert.equal(indexedText('हिन्दी भाषा'), 'हिन्दी भाषा');
});

test('SRC-5: whatever is typed becomes quoted words; the last one may go on', () => {
  const expression = (query: string) => matchExpression(searchPhrases(query));
  assert.equal(expression('sun mir'), '"sun" AND "mir"*');
  assert.equal(expression('sun mir '), '"sun" AND "mir"');
  assert.equal(expression('"the big sun" mir'), '"the big sun" AND "mir"*');
  assert.equal(expression('"the big sun'), '"the big sun"');
  assert.equal(expression('a'), '"a"');
  assert.equal(
    expression('NEAR(x y) OR text:* ^z -w'),
    '"near x" AND "y" AND "or" AND "text" AND "z" AND "w"',
  );
  assert.equal(expression('state-of-the-art'), '"state of the art"*');
  assert.equal(expression('東京'), '"東 京"');
});

test('SRC-5: a query without a word has no phrase, and a long one is cut', () => {
  for (const query of ['', '   ', '"', '""', '*', '!?', '🎉']) {
    assert.deepEqual(searchPhrases(query), []);
  }
  assert.ok(matchExpression(searchPhrases('ab '.repeat(100_000))).length < 200);
});

test('SRC-5: nothing typed leaves its quotes', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const anything = fc.string({ unit: 'binary', maxLength: 80 });
  fc.assert(
    fc.property(anything, (query) => {
      const words = [...wordsOf(query)];
      if (words.length === 0) return;
      const parts = matchExpression(searchPhrases(query)).split(' AND ');
      for (const part of parts) assert.match(part, /^"[\p{L}\p{N}\p{M}\p{Co} ]+"\*?$/u);
    }),
    { seed, numRuns: 2_000 },
  );
});

test('SRC-6: highlights cover the words found, as they stand in the text', () => {
  assert.equal(marked('The Café is open', 'cafe ope'), 'The [Café] is [open]');
  assert.equal(marked('one two one', '"two one"'), 'one [two one]');
  assert.equal(marked('東京タワーへ行く', '京タ'), '東[京タ]ワーへ行く');
  assert.equal(marked('🎉 party 🎉', 'party'), '🎉 [party] 🎉');
});

test('SRC-6: a long text is cut around the first word found, between words and never in a character', () => {
  const long = `${'lorem ipsum '.repeat(40)}needle${' dolor sit'.repeat(40)}`;
  const { snippet, highlights } = snippetOf(long, searchPhrases('needle'));
  assert.equal(snippet.slice(...highlights), 'needle');
  assert.ok(snippet.length <= 182 && /^…(lorem|ipsum) /.test(snippet) && snippet.endsWith('…'));
  for (let lead = 0; lead < 4; lead++) {
    const emoji = `${'x'.repeat(lead)}${'🎉'.repeat(200)} needle ${'🎉'.repeat(200)}`;
    assert.ok(snippetOf(emoji, searchPhrases('needle')).snippet.isWellFormed());
  }
  assert.equal(marked('first line\nsecond\tline', 'second'), 'first line [second] line');
});

test('SRC-6: highlights lie within the snippet, in order, whatever the text', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', 'é', '京', '🎉', '\n'),
    maxLength: 600,
  });
  fc.assert(
    fc.property(text, (text) => {
      const { snippet, highlights } = snippetOf(text, searchPhrases('a b "a b" 京'));
      assert.ok(snippet.isWellFormed());
      let at = 0;
      highlights.forEach((edge, index) => {
        assert.ok(index % 2 === 1 ? edge > at : edge >= at);
        at = edge;
      });
      assert.ok(at <= snippet.length);
    }),
    { seed, numRuns: 500 },
  );
});
