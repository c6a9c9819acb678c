import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Colour, contrast, hexColour, oklchColour, over } from './colour.ts';
import { moods, readTokens, themes } from './token-file.ts';

/** What is read, and everything that it is read on. WCAG 2.2, 1.4.6. */
const readAtSevenToOne: readonly (readonly [string, readonly string[]])[] = [
  [
    'ink',
    [
      'paper',
      'raised',
      'sunken',
      'selected',
      'accent-wash',
      'danger-wash',
      'warning-wash',
      'success-wash',
    ],
  ],
  ['ink-soft', ['paper', 'raised', 'sunken', 'selected']],
  ['accent-ink', ['paper', 'raised', 'sunken', 'accent-wash']],
  ['danger-ink', ['paper', 'raised', 'sunken', 'danger-wash']],
  ['success-ink', ['paper', 'raised', 'success-wash']],
  ['warning-ink', ['paper', 'raised', 'warning-wash']],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-danger', ['danger', 'danger-hover']],
  ['on-counter', ['counter']],
  ['counter-accent', ['counter']],
];
/** What helps and can be missed: placeholders, marks, what cannot be pressed. 1.4.3. */
const seenAtFourAndAHalf: readonly (readonly [string, readonly string[]])[] = [
  ['ink-faint', ['paper', 'raised', 'sunken', 'selected']],
];
/** Edges that say what a thing is, and the ring of the focus. 1.4.11. */
const drawnAtThree: readonly (readonly [string, readonly string[]])[] = [
  ['line-strong', ['paper', 'raised', 'sunken']],
  ['accent-edge', ['paper', 'raised', 'sunken']],
  ['danger', ['raised']],
  ['focus', ['paper', 'raised', 'sunken', 'selected', 'focus-gap', 'accent-wash']],
];

for (const mood of moods) {
  for (const theme of themes) {
    const token = readTokens(mood, theme);

    test(`${mood}, ${theme}: text has 7:1, what helps 4.5:1, edges 3:1`, () => {
      assert.deepEqual(tooFaint(token, readAtSevenToOne, 7), []);
      assert.deepEqual(tooFaint(token, seenAtFourAndAHalf, 4.5), []);
      assert.deepEqual(tooFaint(token, drawnAtThree, 3), []);
    });

    test(`${mood}, ${theme}: text stays readable under the pointer`, () => {
      for (const ground of ['paper', 'raised', 'sunken']) {
        for (const veil of ['hover', 'pressed']) {
          const seen = over(token(veil), token(ground));
          for (const [ink, least] of [
            ['ink', 7],
            ['ink-soft', 7],
            ['ink-faint', 3],
          ] as const) {
            const ratio = contrast(token(ink), seen);
            assert.ok(ratio >= least, `${ink} on ${veil} over ${ground}: ${ratio.toFixed(2)}`);
          }
        }
      }
    });
  }
}

test('initials have 7:1 on their ground for every hue, in both themes', () => {
  const css = readFileSync(new URL('../avatar.css', import.meta.url), 'utf8');
  const pairs = [
    ...css.matchAll(
      /light-dark\(\s*oklch\(([\d.]+) ([\d.]+) [^)]+\)\)?,\s*oklch\(([\d.]+) ([\d.]+)/g,
    ),
  ];
  const [ground, ink] = pairs.map((match) => match.slice(1).map(Number));
  assert.ok(ground && ink && pairs.length === 2, 'avatar.css has one ground and one ink');
  for (let hue = 0; hue < 360; hue++) {
    for (const at of [0, 2]) {
      const ratio = contrast(
        oklchColour(ground[at] ?? 0, ground[at + 1] ?? 0, hue),
        oklchColour(ink[at] ?? 0, ink[at + 1] ?? 0, hue),
      );
      assert.ok(ratio >= 7, `hue ${hue}, ${at === 0 ? 'light' : 'dark'}: ${ratio.toFixed(2)}`);
    }
  }
});

test('the colours are computed as browsers do', () => {
  assert.equal(contrast(hexColour('#000000'), hexColour('#ffffff')), 21);
  assert.equal(contrast(hexColour('#777777'), hexColour('#ffffff')).toFixed(2), '4.48');
  // CSS Color 4, example: oklch(51.975% 0.17686 142.495) is green, rgb(0, 128, 0).
  const [red, green, blue] = oklchColour(0.51975, 0.17686, 142.495).map((value) =>
    Math.round(value * 255),
  );
  assert.deepEqual([red, green, blue], [0, 128, 0]);
  assert.deepEqual(over([0, 0, 0, 0.5], [1, 1, 1, 1]), [0.5, 0.5, 0.5, 1]);
});

function tooFaint(
  token: (role: string) => Colour,
  pairs: typeof readAtSevenToOne,
  least: number,
): readonly string[] {
  return pairs.flatMap(([ink, grounds]) =>
    grounds
      .map((ground) => ({ ground, ratio: contrast(token(ink), token(ground)) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ ground, ratio }) => `${ink} on ${ground}: ${ratio.toFixed(2)}`),
  );
}
