import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberedName, safeFileName } from './file-name.ts';

const names: readonly (readonly [string, string])[] = [
  ['photo.jpg', 'photo.jpg'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['/absolute', '_absolute'],
  ['C:\\x.exe', 'C__x.exe'],
  ['.bashrc', 'bashrc'],
  ['..', 'file'],
  ['', 'file'],
  ['con.txt', 'file.txt'],
  ['a\u0000b\u001b[31m\u202ec.txt', 'a_b_[31m_c.txt'],
  ['日本語.png', '日本語.png'],
];

for (const [given, safe] of names) {
  test(`CLI-11: ${JSON.stringify(given)} is saved as ${safe}`, () => {
    assert.equal(safeFileName(given), safe);
  });
}

test('CLI-11: a long name is cut, its extension kept', () => {
  const name = safeFileName(`${'x'.repeat(500)}.tar`);
  assert.equal(name.length, 120);
  assert.ok(name.endsWith('.tar'));
});

test('CLI-11: a name that is taken gets a number', () => {
  assert.equal(numberedName('a.txt', 1), 'a.txt');
  assert.equal(numberedName('a.txt', 2), 'a (2).txt');
  assert.equal(numberedName('plain', 3), 'plain (3)');
});
