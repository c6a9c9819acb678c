import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, pageLanguage, preferredLanguage } from './language.ts';
import { filled } from './texts.ts';

const at = Date.UTC(2026, 10, 26, 14, 5);

test('PAGE-4: sizes, lengths and counts as people write them', () => {
  const { byteSize, counted, duration } = LANGUAGES.en.formats;
  assert.deepEqual([0, 999, 1_000, 1_450_000, 250_000_000].map(byteSize), [
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '1.5 MB',
    '250 MB',
  ]);
  assert.deepEqual([7_000, 187_000, 3_723_000].map(duration), ['0:07', '3:07', '1:02:03']);
  const { views } = LANGUAGES.en.texts;
  assert.deepEqual(
    [0, 1, 9_999, 12_345].map((count) => counted(count, views)),
    ['0 views', '1 view', '9,999 views', '12.3K views'],
  );
});

test('PAGE-36: Arabic has its six forms and its months', () => {
  const { formats, texts } = LANGUAGES.ar;
  const said = [0, 1, 2, 3, 11, 100].map((count) => formats.counted(count, texts.subscribers));
  assert.deepEqual(said, [
    'لا مشتركين',
    'مشترك واحد',
    'مشتركان',
    '3 مشتركين',
    '11 مشتركًا',
    '100 مشترك',
  ]);
  assert.match(formats.longDate(at), /نوفمبر/);
});

test('PAGE-36: every count has the six forms of Arabic, and every text its marks', () => {
  const english: Readonly<Record<string, unknown>> = LANGUAGES.en.texts;
  for (const [key, text] of Object.entries(LANGUAGES.ar.texts)) {
    if (typeof text !== 'string') {
      const forms = Object.keys(text).sort();
      assert.deepEqual(forms, ['few', 'many', 'one', 'other', 'two', 'zero'], key);
      continue;
    }
    assert.match(text, /\p{Script=Arabic}/u, key);
    assert.equal(text.split('%s').length, String(english[key]).split('%s').length, key);
  }
});

test('PAGE-36: a name in another direction is isolated', () => {
  const { channelsOnPage } = LANGUAGES.ar.texts;
  const isolated = '\u2068chat.example\u2069';
  assert.equal(filled(channelsOnPage, 'chat.example', 2), `القنوات على ${isolated}، الصفحة 2`);
  const { channelsOn } = LANGUAGES.en.texts;
  assert.equal(filled(channelsOn, 'هيليوغرام'), 'Channels on \u2068هيليوغرام\u2069');
  assert.equal(filled(channelsOn, 'chat.example'), 'Channels on chat.example');
});

test('PAGE-36: every time names its zone', () => {
  for (const { formats } of Object.values(LANGUAGES)) {
    assert.match(formats.clock(at), /UTC$/);
    assert.match(formats.moment(at), /UTC$/);
  }
  assert.equal(LANGUAGES.en.formats.clock(at), '14:05 UTC');
});

test('PAGE-36: an Arabic channel has an Arabic page, every other one the reader’s', () => {
  const table = [
    ['أخبار التل', 'en', 'ar'],
    ['BBC\nأخبار العالم على مدار الساعة', 'en', 'ar'],
    ['The Hill', 'en', 'en'],
    ['The Hill', 'ar', 'ar'],
    ['The Hill, also التل', 'en', 'en'],
    ['丘の新聞', 'ar', 'ar'],
    ['', 'en', 'en'],
    ['خبرهای تپه و گزارش‌ها', 'en', 'en'],
  ] as const;
  for (const [text, preferred, expected] of table) {
    assert.equal(pageLanguage(text, preferred).code, expected, text);
  }
});

test('PAGE-36: Accept-Language is read by weight', () => {
  const table = [
    [undefined, 'en'],
    ['', 'en'],
    ['ar', 'ar'],
    ['ar-EG,ar;q=0.9,en;q=0.8', 'ar'],
    ['en;q=0.5, ar;q=0.9', 'ar'],
    ['de, ar;q=0.1, en;q=0.2', 'en'],
    ['de', 'en'],
    ['ar;q=0', 'en'],
    ['constructor, __proto__, AR', 'ar'],
    [`${'x,'.repeat(5_000)}ar`, 'en'],
  ] as const;
  for (const [header, expected] of table) {
    assert.equal(preferredLanguage(header), expected, header?.slice(0, 40));
  }
});
