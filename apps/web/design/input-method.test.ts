import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInputMethodKey, keepInputMethodKeys } from './input-method.ts';

class Key extends Event {
  readonly key: string;
  readonly isComposing: boolean;
  readonly keyCode: number;

  constructor(key: string, facts: { isComposing?: boolean; keyCode?: number } = {}) {
    super('keydown', { cancelable: true });
    this.key = key;
    this.isComposing = facts.isComposing ?? false;
    this.keyCode = facts.keyCode ?? 13;
  }
}

const keys: readonly [what: string, key: () => Key, heard: boolean, prevented: boolean][] = [
  ['Enter', () => new Key('Enter'), true, false],
  [
    'Enter inside a composition',
    () => new Key('Enter', { isComposing: true, keyCode: 229 }),
    false,
    false,
  ],
  [
    'Enter inside one, with its own code',
    () => new Key('Enter', { isComposing: true }),
    false,
    false,
  ],
  ['Enter that ended one, in Safari', () => new Key('Enter', { keyCode: 229 }), false, true],
  ['Escape that ended one, in Safari', () => new Key('Escape', { keyCode: 229 }), false, false],
  ['a letter', () => new Key('a', { keyCode: 65 }), true, false],
];

for (const [what, key, heard, prevented] of keys) {
  test(`APP-10: ${what} is ${heard ? 'heard' : 'left to the input method'}`, () => {
    const target = new EventTarget();
    const end = keepInputMethodKeys(target);
    let times = 0;
    target.addEventListener('keydown', () => times++);
    const pressed = key();
    target.dispatchEvent(pressed);
    assert.deepEqual([times, pressed.defaultPrevented], [heard ? 1 : 0, prevented]);
    assert.equal(isInputMethodKey(pressed), !heard);
    end();
    target.dispatchEvent(key());
    assert.equal(times, heard ? 2 : 1);
  });
}
