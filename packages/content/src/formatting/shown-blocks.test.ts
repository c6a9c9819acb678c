import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Block, type Inline, plainText, shownBlocks, showsText } from '../index.ts';

function texts(blocks: readonly (Block | Inline)[]): string {
  return blocks.map((each) => ('children' in each ? texts(each.children) : each.text)).join('');
}

const shown = (markdown: string) => texts(shownBlocks(markdown));

test('CNT-19: text that leaves nothing on the screen shows nothing', () => {
  const nothing = [
    ...[
      '',
      ' ',
      '\n\n \t',
      '\r\n',
      '\u200b',
      '\ufe0f',
      '\u3164',
      '\u2800',
      '\u115f',
      '\uffa0',
      '\u00ad',
      '\u2060',
    ],
    ...[
      '\u0301',
      '\u034f',
      '\u{e0067}',
      '\ufeff',
      '\u180e',
      '\u2028',
      '\u0007',
      '\u3000',
      '\u{e0100}',
    ],
    ...[
      '```\n```',
      '```ts\n\n```',
      '```\n\u3164\n```\n> ',
      '>',
      '> \n> ',
      '> \u200b',
      '```\n```\n```\n```',
    ],
  ];
  for (const text of nothing)
    assert.equal(showsText(text, 'markdown'), false, JSON.stringify(text));
  for (const text of ['a', '.', '👍', '```', '**', '```\nx\n```', '> x', '\ue000', 'a\u200b']) {
    assert.equal(showsText(text, 'markdown'), true, JSON.stringify(text));
  }
  assert.equal(showsText('```\n```', 'plain'), true);
  assert.equal(showsText('\u2800', 'plain'), false);
});

test('CNT-20: sixteen thousand blank lines are one', () => {
  for (const blank of ['\n', ' \n', '\u3164\n', '\u200b\n', '\t\u2800\n', '\r\n']) {
    const gap = `\n${blank.repeat(Math.floor(16_000 / blank.length))}`;
    assert.equal(shown(`${gap}a${gap}*b*${gap}`), 'a\n\nb', JSON.stringify(blank));
    assert.ok(shown(`\`\`\`\na${gap}b\n\`\`\``).length <= 40);
  }
  assert.equal(shown(`a\n${'> \n'.repeat(8_000)}> b\n${'> \n'.repeat(8_000)}`), 'ab');
  assert.equal(shownBlocks('```\n```\n'.repeat(4_000)).length, 0);
  assert.equal(shown('a\nb\n\nc\n  d `e`\n`f` g'), 'a\nb\n\nc\n  d e\nf g');
  assert.equal(shown('**a**\n\n\n\n@ada_writes\n\n\n#tag'), 'a\n\n@ada_writes\n\n#tag');
});

test('CNT-20: a letter carries at most six marks, wherever it stands', () => {
  const marks = '\u0301\u0316';
  for (const text of ['a', '*a', '#a', '`a', '```\na', '> a', '[a']) {
    const tower = shown(`${text}${marks.repeat(150)}`);
    assert.ok([...tower.matchAll(/\p{M}/gu)].length <= 6, text);
  }
  assert.equal(shown(`a${'\u0301\u200d'.repeat(100)}b`), `a${'\u0301\u200d'.repeat(6)}b`);
  for (const kept of [
    'กำนั้น',
    'हिन्दी',
    'ཧཱུྃ',
    'בְּרֵאשִׁ֖ית',
    '👨‍👩‍👧‍👦❤️‍🔥',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
  ]) {
    assert.equal(shown(kept), kept);
  }
});

test('CNT-20: nothing that shows is left out', () => {
  const piece = fc.constantFrom(
    'a',
    '*',
    '**',
    '`',
    '\n',
    '\n\n',
    '> ',
    '```\n',
    ' ',
    '\u200b',
    '#t',
    '[',
    '](https://e.org)',
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (markdown) => {
      // Marks of quotes are markup in the one and text in the other.
      const bare = (each: string) => each.replace(/[\s\u200b>]|\(https:..e.org\)/g, '');
      assert.equal(bare(shown(markdown)), bare(plainText(markdown)));
    }),
    { numRuns: 1_000 },
  );
});
