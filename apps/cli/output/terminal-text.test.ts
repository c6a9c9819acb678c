import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, fitWidths, padEnd, padStart, printable, shorten } from './terminal-text.ts';

test('CLI-4: what a terminal would obey is made visible', () => {
  assert.equal(printable('\u001b[31mred\u001b]0;title\u0007'), '␛[31mred␛]0;title␇');
  assert.equal(printable('a\u009b2Jb\u0085c'), 'a�2Jb�c');
  assert.equal(printable('x\rover\u0008\u007f'), 'x␍over␈␡');
  assert.equal(printable('\u202egnp.exe\u2066'), '�gnp.exe�');
  assert.equal(printable('one\ntwo\tthree'), 'one two three');
  assert.equal(printable('one\ntwo\u2028three', true), 'one\ntwo�three');
});

test('CLI-4: no control character passes', () => {
  for (let point = 0; point <= 0x9f; point++) {
    const shown = printable(String.fromCodePoint(point));
    assert.doesNotMatch(shown, /\p{Cc}/u, `U+${point.toString(16)}`);
  }
});

test('CLI-4: ordinary text stays as it is', () => {
  for (const text of ['Ünïcødé', '日本語', 'عربى', '👩‍👩‍👧 ☀️', '*bold* [a](b)'])
    assert.equal(printable(text), text);
});

const widths: readonly (readonly [string, number])[] = [
  ['', 0],
  ['abc', 3],
  ['日本', 4],
  ['한글', 4],
  ['e\u0301', 1],
  ['👍', 2],
  ['👩‍👩‍👧', 2],
  ['☀️', 2],
  ['ﬀ', 1],
];

for (const [text, width] of widths) {
  test(`CLI-4: “${text}” takes ${width} columns`, () => assert.equal(columns(text), width));
}

test('CLI-4: cutting and padding keep the columns', () => {
  assert.equal(shorten('abcdef', 4), 'abc…');
  assert.equal(shorten('abcd', 4), 'abcd');
  assert.equal(shorten('日本語', 4), '日…');
  assert.equal(padEnd('日', 4), '日  ');
  assert.equal(padStart('7', 3), '  7');
  assert.equal(padEnd('long', 2), 'long');
});

test('CLI-4: a table gives way where it may, the last column first, and never below a few letters', () => {
  const shrinks = [false, true, true];
  assert.deepEqual(fitWidths([10, 30, 30], shrinks, 80), [10, 30, 30]);
  assert.deepEqual(fitWidths([10, 30, 30], shrinks, 64), [10, 30, 20]);
  assert.deepEqual(fitWidths([10, 30, 30], shrinks, 40), [10, 18, 8]);
  assert.deepEqual(fitWidths([10, 30, 5], shrinks, 5), [10, 8, 5]);
});
