import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortcutOf } from './shortcuts.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const keys = (key: string, more: Partial<typeof none & { code: string }> = {}) => ({
  key,
  code: '',
  ...none,
  ...more,
});

test('search opens with the command key, on every keyboard', () => {
  assert.equal(shortcutOf(keys('k', { ctrlKey: true }), true), 'search');
  assert.equal(shortcutOf(keys('K', { metaKey: true }), false), 'search');
  assert.equal(shortcutOf(keys('ن', { ctrlKey: true, code: 'KeyK' }), false), 'search');
  assert.equal(shortcutOf(keys('k', { ctrlKey: true, shiftKey: true }), false), undefined);
  assert.equal(shortcutOf(keys('k'), false), undefined);
});

test('a question mark that is being typed stays one', () => {
  assert.equal(shortcutOf(keys('?', { shiftKey: true }), false), 'help');
  assert.equal(shortcutOf(keys('؟', { shiftKey: true }), false), 'help');
  assert.equal(shortcutOf(keys('?', { shiftKey: true }), true), undefined);
});

test('alt and arrows change the chat, escape goes back, arrows alone do nothing', () => {
  assert.equal(shortcutOf(keys('ArrowDown', { altKey: true }), true), 'next-chat');
  assert.equal(shortcutOf(keys('ArrowUp', { altKey: true }), true), 'previous-chat');
  assert.equal(shortcutOf(keys('Escape'), true), 'back');
  assert.equal(shortcutOf(keys('ArrowDown'), false), undefined);
  assert.equal(shortcutOf(keys('Escape', { ctrlKey: true }), false), undefined);
});
