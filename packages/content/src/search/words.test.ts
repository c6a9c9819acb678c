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
  assert.equal(indexedText('Crème BRÛLÉE, Straße; ＡＢＣ１'), 'creme brulee strasse abc1');
  assert.equal(indexedText('ĽUBOMÍR ŁÓDŹ Ёлка'), 'lubomir lodz елка');
  assert.equal(indexedText('İstanbul'), 'istanbul');
});

test('SRC-3: what a person would call the same word is one word, in every script', () => {
  const same: readonly (readonly [string, ...string[]])[] = [
    ['lodz', 'Łódź', 'ŁÓDŹ'],
    ['kobenhavn', 'København'],
    ['dakovo', 'Đakovo'],
    ['isik', 'ışık', 'IŞIK', 'Işık', 'İŞİK'],
    ['strasse', 'Straße', 'STRASSE', 'STRAẞE'],
    ['aeon oeuvre', 'Æon œuvre'],
    ['thor', 'Þór'],
    ['οδος', 'ΟΔΟΣ', 'οδός'].map((word) => indexedText(word)) as [string, ...string[]],
    ['محمد', 'مُحَمَّد', 'محمـــد'],
    ['احمد', 'أحمد', 'إحمد', 'آحمد', 'ٱحمد'],
    ['مدرسه', 'مدرسة', 'المدرسة', 'والمدرسة', 'بالمدرسة', 'للمدرسة'],
    ['علي', 'على', 'علی'],
    ['كتاب', 'الكتاب', 'الكِتاب', 'ﻛﺘﺎﺏ'],
    ['الله', 'اللّٰه'],
    ['2026', '٢٠٢٦', '۲۰۲۶', '２０２６', '२०२६'],
    ['שלום', 'שָׁלוֹם'],
    ['нрав елка', 'нрав ёлка'],
    ['サ ー バ ー a', 'サーバーA', 'ｻｰﾊﾞｰA'],
    ['レ ー ダ ー 2 号', 'レーダー2号'],
    ['서 울', '서울', '서울'.normalize('NFD')],
    ['cooperation', 'co\u00adoper\u00adation', 'co\u200boperation', 'co\u2060operation\u200f'],
    ['co op', 'co-op', 'co\u2011op'],
    ['نرمافزار', 'نرم\u200cافزار'],
  ];
  for (const [folded, ...spellings] of same) {
    for (const spelling of spellings) assert.equal(indexedText(spelling), folded, spelling);
  }
});

test('SRC-3: words that differ stay apart', () => {
  const apart = [
    ['هند', 'هندي'],
    ['हिन्दी', 'हिन्द'],
    ['が', 'か'],
    ['كان', 'كون'],
  ] as const;
  for (const [one, other] of apart) assert.notEqual(indexedText(one), indexedText(other));
});

test('SRC-4: Korean words are found whatever particle follows', () => {
  assert.equal(marked('서울에서 학교가 열렸다', '서울 학교'), '[서울]에서 [학교]가 열렸다');
});

test('SRC-5: an Arabic word that is being typed is found with and without its article', () => {
  const finds = (query: string, text: string) => marked(text, query) !== text;
  for (let typed = 2; typed <= 6; typed += 1) {
    const query = 'الكتاب'.slice(0, typed);
    if (typed !== 3) assert.ok(finds(query, 'الكتاب') || typed === 2, query);
  }
  assert.ok(finds('الله', 'الله أكبر'));
  assert.ok(finds('الكت', 'كتاب'));
  assert.equal(matchExpression(searchPhrases('الكت')), '("الكت"* OR "كت"*)');
});

test('SRC-5: quotes of other languages and keyboards are phrase quotes', () => {
  const plain = matchExpression(searchPhrases('"big sun" x '));
  for (const query of [
    '“big sun” x ',
    '„big sun“ x ',
    '«big sun» x ',
    '‹big sun› x ',
    '「big sun」 x ',
    '『big sun』 x ',
    '＂big sun＂ x ',
    '”big sun” x ',
  ]) {
    assert.equal(matchExpression(searchPhrases(query)), plain, query);
  }
  assert.equal(matchExpression(searchPhrases('צה"ל ')), '"צה ל"');
});

test('SRC-5: 512 UTF-16 units of any script count', () => {
  const phrases = searchPhrases('日'.repeat(600));
  assert.equal(phrases[0]?.words.length, 512);
});

test('SRC-3: the longest run of any letter is folded, searched and quoted', () => {
  const hostile = [
    'a',
    'ー',
    '\u00ad',
    'a\u00ad',
    '\u0301',
    'ا',
    '각',
    '"',
    ' ',
    '\u200d',
    'ﷺ',
    '٣',
  ];
  for (const letter of hostile) {
    const text = `x${letter.repeat(32_000)}y`;
    assert.ok(indexedText(text).length > 0);
    snippetOf(text, searchPhrases(text));
  }
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
