import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Inline, parseMarkdown } from '@heliogram/content';
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

/** The tree of a text in short: `bold(x)`. */
function tree(text: string): string {
  const show = (node: Inline): string => {
    if ('children' in node) return `${node.type}(${node.children.map(show).join('')})`;
    return node.type === 'code' ? `code(${node.text})` : node.text;
  };
  return parseMarkdown(text)
    .blocks.map((block) => (block.type === 'pre' ? block.text : block.children.map(show).join('')))
    .join('');
}

test('no button leaves its marks in sight', () => {
  const cases: readonly (readonly [string, 'bold' | 'italic' | 'strike' | 'code', string])[] = [
    ['|注意：|正文', 'bold', 'bold(注意：)正文'],
    ['他说|「重点」|的', 'bold', '他说bold(「重点」)的'],
    ['|이름(예)|은', 'bold', 'bold(이름(예))은'],
    ['他说|重点|的', 'italic', '他说italic(重点)的'],
    ['un|believ|able', 'italic', 'unitalic(believ)able'],
    ['say |"yes"|now', 'bold', 'say bold("yes)"now'],
    ['a|(b)|c', 'strike', 'a(strike(b))c'],
    ['|one|', 'strike', 'strike(one)'],
    ['|a`b|', 'code', 'code(a`b)'],
    ['|!|x', 'bold', '!x'],
    ['wo|rd', 'bold', 'bold(word)'],
    ['|one\n\ntwo|', 'bold', 'bold(one)\n\nbold(two)'],
    ['|> one\n> two|', 'italic', 'italic(one)\nitalic(two)'],
    ['|one\ntwo|', 'bold', 'bold(one\ntwo)'],
    ['2 |*| 3', 'bold', '2 bold(*) 3'],
  ];
  for (const [text, format, expected] of cases) {
    const edited = toggleInline(at(text), format);
    assert.equal(tree(edited.text), expected, text);
  }
});

test('a part of what is formatted takes the format off the whole', () => {
  assert.equal(toggleInline(at('**one |two| three**'), 'bold').text, 'one two three');
  assert.equal(toggleInline(at('*|one|*'), 'italic').text, 'one');
  assert.equal(toggleInline(at('**||**'), 'bold').text, '');
});

test('a link stays one, whatever is selected and wherever it leads', () => {
  for (const text of ['|a]b|', '|[x|', '|a\n\nb|', '|*a|']) {
    assert.match(tree(insertLink(at(text), 'https://a.example/x').text), /^link\(/, text);
  }
  const { text } = insertLink(at('|this|'), 'https://a.example/b_(c)');
  assert.equal(text, '[this](https://a.example/b_%28c%29)');
});

test('code of several lines may hold fences', () => {
  const { text } = toggleCode(at('|a\n```\nb|'));
  assert.equal(text, '````\na\n```\nb\n````');
});
