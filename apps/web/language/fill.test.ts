import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from './fill.ts';

test('names and numbers replace their marks', () => {
  assert.equal(fill('%s followed, # left', '3', '1'), '3 followed, 1 left');
  assert.equal(fill('You left %s', '$& news'), 'You left $& news');
});

test('a name that runs against the text around it is isolated', () => {
  assert.equal(fill('You left %s', 'Harbour radio'), 'You left Harbour radio');
  assert.equal(fill('You left %s', 'أخبار'), 'You left \u2068أخبار\u2069');
  assert.equal(fill('غادرت %s', 'أخبار'), 'غادرت أخبار');
  assert.equal(fill('غادرت %s', 'Harbour radio'), 'غادرت \u2068Harbour radio\u2069');
  assert.equal(fill('الاسم @%s متاح.', 'ada_writes'), 'الاسم \u2068@ada_writes\u2069 متاح.');
  assert.equal(fill('الصورة # من %s', '5', '2'), 'الصورة 2 من 5');
});
