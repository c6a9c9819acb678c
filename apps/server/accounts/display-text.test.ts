import assert from 'node:assert/strict';
import test from 'node:test';
import { displayName, displayText } from './display-text.ts';
import { refusal } from './tests/world.ts';

test('ACC-30: a name is normalised, trimmed and folded', () => {
  assert.equal(displayName('  Ada   Lovelace ', 64), 'Ada Lovelace');
  assert.equal(displayName('Zoe\u0308', 64), 'Zoë');
  assert.equal(displayName('a\u00a0b', 64), 'a b');
});

test('ACC-30: names of all scripts and emoji pass', () => {
  const names = [
    'Ådne',
    'محمد',
    'می‌خواهم',
    'भारत',
    '李小龍',
    '👩‍👩‍👧‍👦',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    'กำนัน',
    '❤️',
  ];
  for (const name of names) assert.equal(displayName(name, 64), name.normalize('NFC'));
});

test('ACC-30: characters that deceive are refused', () => {
  const deceiving = {
    null: 'a\0b',
    newline: 'a\nb',
    escape: '\u001b[31mred',
    'line separator': 'a\u2028b',
    'right-to-left override': 'gpj.\u202exe',
    'right-to-left mark': 'a\u200fb',
    isolate: 'a\u2066b',
    'zero-width space': 'Ad\u200ba',
    'word joiner': 'Ad\u2060a',
    'byte order mark': 'A\ufeffda',
    'soft hyphen': 'Ad\u00ada',
    'private use': 'Ada\ue000',
    'invisible times': 'a\u2062b',
    'lone tags': 'Ada\u{e0041}\u{e0042}',
    noncharacter: 'a\uffffb',
    'tower of marks': `a${'\u0301'.repeat(9)}`,
    'lone surrogate': 'a\ud800b',
  };
  for (const [what, name] of Object.entries(deceiving)) {
    assert.throws(() => displayName(name, 64), refusal('invalid_argument'), what);
  }
});

test('ACC-30: a name shows something', () => {
  for (const name of ['', '   ', '\u3164', '\u2800', '\u200d', '\u0301', '\u00a0', '\u115f']) {
    assert.throws(() => displayName(name, 64), refusal('invalid_argument'), JSON.stringify(name));
  }
});

test('ACC-30: a name has at most so many code points', () => {
  assert.equal(displayName('😀'.repeat(64), 64), '😀'.repeat(64));
  assert.throws(() => displayName('a'.repeat(65), 64), refusal('too_large'));
});

test('ACC-30: a text may be empty and have lines', () => {
  assert.equal(displayText('', 280), '');
  assert.equal(displayText(' one\r\ntwo\rthree ', 280), 'one\ntwo\nthree');
  assert.equal(displayText('a\tb\n\n\u200b\n \nc', 280), 'a b\n\nc');
  assert.equal(displayText('\u3164\n\u2800', 280), '');
  assert.equal(displayText('ភាសា\u200bខ្មែរ \u200fعربي', 280), 'ភាសា\u200bខ្មែរ \u200fعربي');
  assert.throws(() => displayText('a\u0007b', 280), refusal('invalid_argument'));
  assert.throws(() => displayText(`a${'\u0301'.repeat(100)}`, 280), refusal('invalid_argument'));
  assert.throws(() => displayText('a\u202eb', 280), refusal('invalid_argument'));
  assert.throws(() => displayText('a'.repeat(281), 280), refusal('too_large'));
});
