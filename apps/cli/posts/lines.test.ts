import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeliogramError } from '@heliogram/protocol';
import { lineBatches } from './lines.ts';

async function read(...pieces: (string | Uint8Array)[]): Promise<[number, string][]> {
  const input = (async function* () {
    for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
  })();
  const lines: [number, string][] = [];
  for await (const batch of lineBatches(input)) {
    lines.push(...batch.map(({ number, text }): [number, string] => [number, text]));
  }
  return lines;
}

test('CLI-5: lines are numbered, the last needs no end, and none is invented', async () => {
  assert.deepEqual(await read('a\nb\n'), [
    [1, 'a'],
    [2, 'b'],
  ]);
  assert.deepEqual(await read('a\n\nb'), [
    [1, 'a'],
    [2, ''],
    [3, 'b'],
  ]);
  assert.deepEqual(await read(''), []);
  assert.deepEqual(await read('\n'), [[1, '']]);
});

test('CLI-5: line ends of other systems are no text, all else is', async () => {
  assert.deepEqual(await read('a\r\nb\rc\n'), [
    [1, 'a'],
    [2, 'b\rc'],
  ]);
  assert.deepEqual(await read('\ufeff x \t\n'), [[1, '\ufeff x \t']]);
});

test('CLI-5: however the bytes are cut, the lines are the same', async () => {
  const text = 'é👍\nzwei\r\n\ndrei ☀';
  const bytes = Buffer.from(text);
  const whole = await read(text);
  for (let cut = 0; cut <= bytes.length; cut++) {
    assert.deepEqual(await read(bytes.subarray(0, cut), bytes.subarray(cut)), whole, `at ${cut}`);
  }
});

test('CLI-5: bytes that are no UTF-8, and a line without end, are refused', async () => {
  const fails = (code: string) => (error: unknown) =>
    error instanceof HeliogramError && error.code === code;
  await assert.rejects(read('ok\n', Uint8Array.of(0xff)), fails('malformed'));
  await assert.rejects(read(Uint8Array.of(0xc3)), fails('malformed'));
  await assert.rejects(read('x'.repeat(2_000_000)), fails('too_large'));
});
