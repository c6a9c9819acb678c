import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sends, shortcutOf } from './composer-keys.ts';

const enter = { key: 'Enter', ctrl: false, shift: false, composing: false };

test('Enter sends by wish, never with Shift, on glass or inside a word', () => {
  assert.equal(sends(enter, 'enter', false), true);
  assert.equal(sends({ ...enter, shift: true }, 'enter', false), false);
  assert.equal(sends(enter, 'enter', true), false);
  assert.equal(sends(enter, 'ctrl-enter', false), false);
  assert.equal(sends({ ...enter, ctrl: true }, 'ctrl-enter', false), true);
  assert.equal(sends({ ...enter, ctrl: true }, 'enter', true), true);
  assert.equal(sends({ ...enter, composing: true }, 'enter', false), false);
});

test('shortcuts go by the place of the key', () => {
  const keys = { ctrl: true, shift: false, alt: false };
  assert.equal(shortcutOf({ ...keys, code: 'KeyB' }), 'bold');
  assert.equal(shortcutOf({ ...keys, code: 'KeyX', shift: true }), 'strike');
  assert.equal(shortcutOf({ ...keys, code: 'KeyX' }), undefined);
  assert.equal(shortcutOf({ ...keys, code: 'KeyB', ctrl: false }), undefined);
  assert.equal(shortcutOf({ ...keys, code: 'KeyE', alt: true }), undefined);
});
