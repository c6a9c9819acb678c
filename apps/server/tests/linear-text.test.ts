import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cutText,
  escapeMarkdown,
  indexedText,
  parseMarkdown,
  plainText,
  searchPhrases,
  shownBlocks,
  showsText,
  snippetOf,
} from '@heliogram/content';
import { growthOf, isLinear } from '@heliogram/testing';
import { displayName, displayText } from '../accounts/index.ts';
import { cleanFileName } from '../media/file-names.ts';
import { html } from '../pages/markup/html.ts';
import { textLines } from '../pages/markup/masthead.ts';
import { textMarkup } from '../pages/markup/text.ts';
import { excerpt, headline, oneLine } from '../pages/markup/words.ts';

/** Of every class of characters, and every beginning of markup. */
const PIECES = [
  ...[
    'a',
    'é',
    'ж',
    'م',
    '看',
    'ก',
    '😀',
    '1',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\u00a0',
    '\u2028',
    '\u200b',
    '\u200d',
  ],
  ...[
    '\u0301',
    '\ufe0f',
    '\u202e',
    '\u0000',
    '\u001b',
    '\ud800',
    '\u3164',
    '\u2800',
    '\u{e0067}',
    '🇩',
    '.',
    '…',
    '。',
  ],
  ...[
    '*',
    '_',
    '~~',
    '*a ',
    'a* ',
    '**a *b ',
    '*a _b ',
    '_*',
    '*_~',
    'a**b',
    '😀*',
    '[',
    '](',
    '[a](',
    '[a](x',
  ],
  ...[
    '[a](j:x)',
    '[a](https://a.b)*',
    '[](https://a.b)',
    '((((',
    '`',
    '`a``b',
    '```a\n',
    '```\n',
    '> ',
    '>\n',
    '\n> *',
  ],
  ...[
    '> `\n',
    'x\n\n',
    '\n ',
    ' \n',
    'https://a',
    'http://@,',
    'https://a.b/',
    'https://a.b)))',
    'https://a.b/(',
    'http',
  ],
  ...[
    'https://a,',
    'https://a!',
    'https://日',
    'https://a.b/\u200b',
    'https://a\\',
    '@',
    '@aaaaaa',
    '_@',
    '#a',
    '##',
    '_#',
  ],
  ...[
    '#\u200c',
    '#a\u200c',
    '\\',
    '<',
    '&#',
    '&',
    '"',
    "'",
    '\u0301\u200d',
    '\n\u3164',
    '\n\u0301',
    'a ',
    'a\u0301',
  ],
];

/** A run alone, before a letter, between letters, and before many ends that nothing began. */
const SHAPES: readonly ((run: string) => string)[] = [
  (run) => run,
  (run) => `x${run}y`,
  (run) => `${run.slice(run.length / 2)}${'a_ a* a~ '.repeat(run.length / 18)}`,
];

let made = 0;
const context = { base: '' };
const phrases = searchPhrases('"a a a a" a');

const WORK: Readonly<Record<string, (text: string) => unknown>> = {
  parseMarkdown,
  plainText,
  shownBlocks,
  escapeMarkdown,
  indexedText,
  showsText: (text) => showsText(text, 'markdown'),
  snippetOf: (text) => snippetOf(text, phrases),
  cutText: (text) => cutText(text, 200),
  // Never twice the same, or it would be remembered.
  textMarkup: (text) => textMarkup({ text: `${made++}${text}`, format: 'markdown' }, context),
  plainMarkup: (text) => textMarkup({ text: `${made++}${text}`, format: 'plain' }, context),
  excerpt: (text) => excerpt(`${made++}${text}`, 200),
  headline: (text) => headline(`${made++}${text}`, 90),
  oneLine,
  textLines,
  escaped: (text) => html`${text}`,
  cleanFileName,
  displayName: (text) => attempt(() => displayName(text, 128)),
  displayText: (text) => attempt(() => displayText(text, 1_000)),
};

function attempt(run: () => unknown): void {
  try {
    run();
  } catch {
    // A refusal costs as much as a pass.
  }
}

for (const [name, work] of Object.entries(WORK)) {
  test(`CNT-16: ${name} costs linear work, whatever is repeated`, () => {
    for (const piece of PIECES) {
      for (const [index, shape] of SHAPES.entries()) {
        const growth = growthOf((size) => {
          const text = shape(piece.repeat(size / piece.length));
          return () => work(text);
        });
        assert.ok(isLinear(growth), `${JSON.stringify(piece)}, shape ${index}: ${growth} times`);
      }
    }
  });
}
