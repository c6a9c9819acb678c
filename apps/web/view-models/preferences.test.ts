import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kept, keptIn } from './kept.ts';
import { PreferenceStore, readPreferences, usualPreferences } from './preferences.ts';

function memory(): Kept & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    get: (key) => values.get(key),
    set: (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
  };
}

test('what was chosen is there again in the next tab', () => {
  const kept = memory();
  new PreferenceStore(kept).change({
    theme: 'dark',
    textSize: 125,
    language: 'ar',
    sendBy: 'ctrl-enter',
  });
  assert.deepEqual(new PreferenceStore(kept).current(), {
    theme: 'dark',
    textSize: 125,
    language: 'ar',
    sendBy: 'ctrl-enter',
  });
});

test('what cannot be read is as usual, each part by itself', () => {
  for (const text of [undefined, '', '{', 'null', '7', '[]', '{"theme":7,"language":["ar"]}']) {
    assert.deepEqual(readPreferences(text), usualPreferences, String(text));
  }
  const mixed = readPreferences(
    '{"theme":"sepia","textSize":112.5,"language":"toString","sendBy":"x"}',
  );
  assert.deepEqual(mixed, { ...usualPreferences, textSize: 112.5 });
});

test('a change is told once, and a change of another tab is taken', () => {
  const kept = memory();
  const here = new PreferenceStore(kept);
  let told = 0;
  here.subscribe(() => told++);
  here.change({ theme: 'light' });
  assert.equal(told, 1);
  new PreferenceStore(kept).change({ theme: 'dark' });
  here.reread();
  assert.equal(here.current().theme, 'dark');
  assert.equal(told, 2);
});

test('a browser that refuses storage keeps for the tab', () => {
  const kept = keptIn(() => {
    throw new Error('denied');
  });
  kept.set('a', '1');
  assert.equal(kept.get('a'), '1');
  kept.set('a', undefined);
  assert.equal(kept.get('a'), undefined);
});
