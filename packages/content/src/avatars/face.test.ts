import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { avatarHue, initialsOf } from './face.ts';

test('a hue is one of 24, and the same for ever', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (id) => {
      const hue = avatarHue(id);
      assert.ok(hue >= 0 && hue < 360 && hue % 15 === 0);
      assert.equal(avatarHue(id), hue);
    }),
  );
  // Known values: a change of the function would recolour everybody.
  assert.deepEqual(['', 'amal', 'jonas', 'c1'].map(avatarHue), [300, 345, 75, 30]);
});

test('hues spread: of 2,400 ids each hue has its share', () => {
  const counts = new Map<number, number>();
  for (let id = 0; id < 2_400; id++) {
    const hue = avatarHue(`conversation-${id}`);
    counts.set(hue, (counts.get(hue) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  for (const [hue, count] of counts) assert.ok(count > 55 && count < 160, `${hue}: ${count}`);
});

test('initials come from the first and the last word', () => {
  assert.equal(initialsOf('Amal Haddad'), 'AH');
  assert.equal(initialsOf('  Éva  von Kempelen '), 'ÉK');
  assert.equal(initialsOf('jonas'), 'J');
  assert.equal(initialsOf('Studio 54'), 'S5');
  assert.equal(initialsOf('"Night" (watch)'), 'NW');
  assert.equal(initialsOf('Ωmega'), 'Ω');
});

test('letters that join stand alone, and the Arabic article is no initial', () => {
  assert.equal(initialsOf('ليلى منصور'), 'ل');
  assert.equal(initialsOf('المرصد'), 'م');
  assert.equal(initialsOf('الجريدة المتأنية'), 'ج');
  assert.equal(initialsOf('ألف ليلة'), 'أ');
  assert.equal(initialsOf('佐藤 健'), '佐');
});

test('a sign of several code points stays whole, a name without letters is empty', () => {
  assert.equal(initialsOf('👩‍🚀 crew'), '👩‍🚀');
  assert.equal(initialsOf('— · —'), '');
  assert.equal(initialsOf(''), '');
});
