import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textMarkup } from './text.ts';
import { cut, excerpt, headline, oneLine } from './words.ts';

const markup = (text: string, format: 'markdown' | 'plain' = 'markdown') =>
  textMarkup({ text, format }, { base: '' }).text;

test('PAGE-38: each line goes by its own first strong letter', () => {
  assert.equal(markup('a\nb'), '<p dir="auto">a<br>b</p>');
  assert.equal(
    markup('مرحبا\nhello\n123\nسلام'),
    '<p dir="auto">مرحبا</p><p dir="auto">hello<br>123</p><p dir="auto">سلام</p>',
  );
  assert.equal(markup('1.\nمرحبا'), '<p dir="auto">1.<br>مرحبا</p>');
  assert.equal(
    markup('**a\nب** c'),
    '<p dir="auto"><strong>a</strong></p><p dir="auto"><strong>ب</strong> c</p>',
  );
  assert.equal(
    markup('> שלום\n> hi'),
    '<blockquote dir="rtl"><p dir="auto">שלום</p><p dir="auto">hi</p></blockquote>',
  );
  assert.equal(markup('> a\n> b'), '<blockquote dir="auto">a<br>b</blockquote>');
  assert.match(markup('@ada_writes مرحبا\nسلام'), /^<p dir="auto"><a .*<br>سلام<\/p>$/);
  assert.equal(markup('hello\nسلام', 'plain'), '<p dir="auto">hello</p><p dir="auto">سلام</p>');
});

test('CNT-18: line ends of every system part lines and paragraphs', () => {
  for (const end of ['\n', '\r\n', '\r', '\u2028']) {
    for (const format of ['markdown', 'plain'] as const) {
      assert.equal(
        markup(`a${end}b${end}${end}c`, format),
        '<p dir="auto">a<br>b</p><p dir="auto">c</p>',
      );
    }
  }
});

test('CNT-20: spaces and blank lines take little room', () => {
  assert.equal(markup(`x${' '.repeat(32_000)}y`), `<p dir="auto">x${' '.repeat(32_000)}y</p>`);
  assert.equal(markup(`a${'\n'.repeat(16_000)}b`), '<p dir="auto">a</p><p dir="auto">b</p>');
  assert.equal(markup('> \n'.repeat(8_000)), '');
});

test('CNT-21: titles and previews end between graphemes, and flags keep their tags', () => {
  const scotland = '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}';
  const family = '👨‍👩‍👧‍👦';
  assert.equal(oneLine(`a${scotland}b\u{e0067}\u202e\tc`), `a${scotland}b c`);
  assert.equal(headline(family.repeat(20), 90), `${family.repeat(12)}…`);
  assert.equal(excerpt(scotland.repeat(40), 200), `${scotland.repeat(28)}…`);
  assert.equal(cut('one two three', 9), 'one two…');
  assert.equal(headline('\u3164\n\u2800\nwords', 90), 'words');
});
