import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { texts as arabic } from './ar/texts.ts';
import { texts as english } from './en/texts.ts';

const glossary = readFileSync(new URL('../../../docs/glossary.md', import.meta.url), 'utf8');
const rows = glossary
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| English'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

const avoided = (column: number): readonly string[] =>
  rows.flatMap((row) => (row[column] ?? '').split(/[,،] /)).filter((word) => word !== '');

test('texts of the app avoid the words that the glossary rules out', () => {
  assert.ok(avoided(3).length >= 8 && avoided(4).length >= 3, 'the table was read');
  const [inEnglish, inArabic] = [JSON.stringify(english), JSON.stringify(arabic)];
  for (const word of avoided(3)) assert.doesNotMatch(inEnglish, new RegExp(`\\b${word}\\b`, 'i'));
  for (const word of avoided(4)) assert.ok(!inArabic.includes(word), word);
});

test('Arabic has Arabic punctuation, and no vowel marks but tanwin', () => {
  assert.doesNotMatch(JSON.stringify(arabic), /[\u064c\u064e-\u0652]/);
  assert.doesNotMatch(JSON.stringify(arabic), /\p{Script=Arabic}[,;?]/u);
});
