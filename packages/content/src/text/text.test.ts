import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutText, graphemeStart, qualifiedEmoji, wholeStart, withLineFeeds } from '../index.ts';

const scotland = '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}';
const family = '👨‍👩‍👧‍👦';

test('CNT-18: every line end is a line feed', () => {
  assert.equal(
    withLineFeeds('a\r\nb\rc\nd\n\re\r\r\nf\u2028g\u2029h\u0085i'),
    'a\nb\nc\nd\n\ne\n\nf\ng\nh\ni',
  );
});

test('CNT-21: no grapheme is cut', () => {
  for (const whole of [family, scotland, '🇩🇪', 'e\u0301', 'ก็', '한', '❤️‍🔥', '👍🏽', 'क्ष']) {
    const points = [...whole].length;
    assert.equal(cutText(whole, points), whole);
    assert.equal(cutText(`${whole}${whole}b`, points + 1), `${whole}…`);
    assert.equal(cutText(`${whole}${whole}`, points), '…');
    for (let at = 0; at < whole.length; at++) {
      assert.equal(graphemeStart(`${whole}b`, at), 0);
      assert.equal(graphemeStart(`b${whole}`, at + 1), 1);
    }
  }
  assert.equal(cutText('abc', 3), 'abc');
  assert.equal(cutText('abcd', 3), 'ab…');
});

test('CNT-21: a cut text is never longer than asked, whatever it holds', () => {
  const unit = fc.constantFrom(
    'a',
    'é',
    '\u0301',
    '\u200d',
    '👨',
    family,
    scotland,
    '🇩',
    '\ud800',
    '\n',
  );
  fc.assert(
    fc.property(
      fc.string({ unit, maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (text, max) => {
        const start = wholeStart(text, max);
        assert.ok(text.startsWith(start) && [...start].length <= max);
        assert.ok([...cutText(text, max)].length <= max);
      },
    ),
  );
  assert.equal([...cutText(`a${'\u0301'.repeat(30_000)}`, 20)].length, 20);
});

test('CNT-22: one emoji is one reaction, with its selectors or without', () => {
  const forms: readonly (readonly [string, ...string[]])[] = [
    ['❤️', '❤', '❤︎'],
    ['👍', '👍️'],
    ['1️⃣', '1⃣'],
    ['👩‍⚕️', '👩‍⚕'],
    ['🏳️‍🌈', '🏳‍🌈'],
    ['👁️‍🗨️', '👁‍🗨', '👁️‍🗨'],
    ['⛹🏻‍♂️', '⛹🏻‍♂'],
    ['☝🏽'],
    ['🇩🇪'],
    [family],
    [scotland],
    ['ok'],
  ];
  for (const [qualified, ...others] of forms) {
    for (const form of [qualified, ...others]) assert.equal(qualifiedEmoji(form), qualified);
  }
});
