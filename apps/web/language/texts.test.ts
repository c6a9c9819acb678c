import assert from 'node:assert/strict';
import { test } from 'node:test';
import { texts as arabic } from './ar/texts.ts';
import { texts as english } from './en/texts.ts';
import { createFormats } from './formats.ts';

type Leaf = string | Readonly<Record<string, string>>;

/** Every text with the way to it; forms of a count are one text. */
function leavesOf(value: unknown, way = ''): readonly (readonly [string, Leaf])[] {
  if (typeof value === 'string') return [[way, value]];
  if (typeof value !== 'object' || value === null) return [];
  if ('other' in value && typeof value.other === 'string') {
    return [[way, value as Readonly<Record<string, string>>]];
  }
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${way}.${key}`));
}

const marksOf = (text: string): readonly string[] => [...text.matchAll(/%s|#/g)].map(String).sort();

test('every text is there in Arabic, in Arabic script, with the same marks to fill', () => {
  const translated = new Map(leavesOf(arabic));
  for (const [way, text] of leavesOf(english)) {
    const other = translated.get(way);
    assert.ok(other !== undefined, way);
    if (typeof text !== 'string' || typeof other !== 'string') continue;
    assert.deepEqual(marksOf(other), marksOf(text), way);
    if (/[a-z]{4}/i.test(text)) assert.match(other, /\p{Script=Arabic}/u, way);
  }
});

test('counts have every form of Arabic, and numbers where the form does not say them', () => {
  for (const [way, forms] of leavesOf(arabic)) {
    if (typeof forms === 'string') continue;
    for (const form of ['zero', 'one', 'two', 'few', 'many', 'other']) {
      assert.equal(typeof forms[form], 'string', `${way}: ${form}`);
    }
    assert.match(forms['few'] ?? '', /#/, way);
    assert.match(forms['many'] ?? '', /#/, way);
  }
});

test('the right form is taken', () => {
  const { plural } = createFormats('ar-u-nu-latn');
  const forms = arabic.directory.posts;
  const said = [0, 1, 2, 3, 11, 100].map((count) => plural(count, forms));
  assert.deepEqual(said, [
    'لا منشورات',
    'منشور واحد',
    'منشوران',
    '3 منشورات',
    '11 منشورًا',
    '100 منشور',
  ]);
});

test('sizes are said in full words below a kilobyte, briefly above', () => {
  const { bytes } = createFormats('en');
  assert.deepEqual([0, 1, 24, 1_500].map(bytes), ['0 bytes', '1 byte', '24 bytes', '1.5 kB']);
});
