import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RandomSource } from './random-source.ts';

function counter(): (length: number) => Uint8Array {
  let next = 0;
  return (length) => {
    next++;
    return new Uint8Array(length).fill(next);
  };
}

test('hands out copies of what the generator answers', () => {
  const own = new Uint8Array(32).fill(7);
  const output = new RandomSource(() => own).bytes(32);
  own.fill(0);
  assert.deepEqual(output, new Uint8Array(32).fill(7));
});

test('refuses an output seen among the last 64', () => {
  let call = 0;
  const source = new RandomSource((length) => {
    call++;
    return new Uint8Array(length).fill(call === 64 ? 1 : call);
  });
  for (let at = 1; at < 64; at++) source.bytes(16);
  assert.throws(() => source.bytes(16), { code: 'randomness-repeated' });
});

test('compares outputs of different lengths by what they share', () => {
  const source = new RandomSource((length) => new Uint8Array(length).fill(3));
  source.bytes(48);
  assert.throws(() => source.bytes(32), { code: 'randomness-repeated' });
});

test('lets short outputs repeat, which they do by chance', () => {
  const source = new RandomSource((length) => new Uint8Array(length));
  assert.deepEqual([source.bytes(4), source.bytes(4)], [new Uint8Array(4), new Uint8Array(4)]);
});

test('remembers a bounded number of outputs', () => {
  const fill = counter();
  let replay: Uint8Array | undefined;
  const source = new RandomSource((length) => replay ?? fill(length));
  const first = source.bytes(16);
  for (let at = 0; at < 64; at++) source.bytes(16);
  replay = first;
  assert.deepEqual(source.bytes(16), first);
});

test('refuses a generator that throws, shortens or answers only zeros', () => {
  const failing = new RandomSource(() => {
    throw new Error('exhausted');
  });
  assert.throws(() => failing.bytes(16), { code: 'randomness-failed' });
  const short = new RandomSource((length) => new Uint8Array(length - 1).fill(1));
  assert.throws(() => short.bytes(16), { code: 'randomness-failed' });
  const zero = new RandomSource((length) => new Uint8Array(length));
  assert.throws(() => zero.bytes(16), { code: 'randomness-failed' });
});
