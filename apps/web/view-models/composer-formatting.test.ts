import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMarkdown } from '@heliogram/content';
import {
  type Edited,
  insertLink,
  insertText,
  isWebAddress,
  toggleCode,
  toggleInline,
  toggleQuote,
} from './composer-formatting.ts';

/** `|` marks both ends of the selection, or the cursor. */
function at(marked: string): Edited {
  const start = marked.indexOf('|');
  const end = marked.lastIndexOf('|');
  return { text: marked.replaceAll('|', ''), start, end: end > start ? end - 1 : end };
}

function shown({ text, start, end }: Edited): string {
  return `${text.slice(0, start)}|${text.slice(start, end)}|${text.slice(end)}`;
}

test('a format goes around what is selected and off again', () => {
  for (const format of ['bold', 'italic', 'strike', 'code'] as const) {
    const once = toggleInline(at('one |two| three'), format);
    assert.equal(toggleInline(once, format).text, 'one two three', format);
  }
  assert.equal(shown(toggleInline(at('one |two| three'), 'bold')), 'one **|two|** three');
});

test('marks stand at the word, where the reader of the text takes them for formatting', () => {
  const { text } = toggleInline(at('say| hello |now'), 'bold');
  assert.equal(text, 'say **hello** now');
  const [block] = parseMarkdown(text).blocks;
  assert.ok(block?.type === 'paragraph' && block.children[1]?.type === 'bold');
});

test('with nothing selected the cursor stands between the marks', () => {
  assert.equal(shown(toggleInline(at('a |'), 'bold')), 'a **||**');
});

test('a quote takes whole lines', () => {
  const once = toggleQuote(at('one\nt|wo\nthr|ee\nfour'));
  assert.equal(once.text, 'one\n> two\n> three\nfour');
  assert.equal(toggleQuote(once).text, 'one\ntwo\nthree\nfour');
});

test('code of several lines goes between fences', () => {
  const { text } = toggleCode(at('run |a\nb| now'));
  assert.equal(text, 'run \n```\na\nb\n```\n now');
  assert.ok(parseMarkdown(text).blocks.some(({ type }) => type === 'pre'));
});

test('a link keeps the words, or shows the address', () => {
  assert.equal(
    insertLink(at('see |this|'), 'https://a.example').text,
    'see [this](https://a.example)',
  );
  assert.equal(
    shown(insertLink(at('|'), 'https://a.example')),
    '[https://a.example](https://a.example)||',
  );
});

test('text goes in where the cursor is', () => {
  assert.equal(shown(insertText(at('a|b|c'), '🔥')), 'a🔥||c');
  assert.ok(isWebAddress(' https://a.example/x '));
  assert.ok(!isWebAddress('javascript:alert(1)') && !isWebAddress('see https://a.example'));
});
