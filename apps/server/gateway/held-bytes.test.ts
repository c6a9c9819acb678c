import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeldBytes } from './held-bytes.ts';

function world(maxBytes: number) {
  const held = new HeldBytes(maxBytes);
  const cut: string[] = [];
  const open = (name: string, address: string) => held.share(address, () => cut.push(name));
  return { held, cut, open };
}

test('GTW-29: past the bound the address that holds most loses its oldest connections, and no other', () => {
  const { held, cut, open } = world(1_000);
  const reader = open('reader', '192.0.2.1');
  reader.set(100);
  const greedy = Array.from({ length: 20 }, (_, n) => open(`greedy ${n}`, '198.51.100.7'));
  for (const share of greedy) share.set(100);
  assert.ok(held.total <= 1_000, `${held.total}`);
  assert.deepEqual(
    cut.filter((name) => !name.startsWith('greedy')),
    [],
  );
  assert.deepEqual(cut.slice(0, 2), ['greedy 0', 'greedy 1']);
});

test('GTW-29: many connections of one IPv6 network count as one address', () => {
  const { cut, open } = world(1_000);
  open('other', '192.0.2.1').set(400);
  for (let n = 1; n <= 7; n += 1) open(`net ${n}`, `2001:db8::${n}`).set(100);
  assert.ok(cut.length > 0);
  assert.ok(!cut.includes('other'));
});

test('GTW-29: what is taken is counted no longer', () => {
  const { held, cut, open } = world(1_000);
  const share = open('one', '192.0.2.1');
  for (let round = 0; round < 50; round += 1) {
    share.set(900);
    share.set(0);
  }
  share.set(10);
  share.release();
  share.release();
  assert.deepEqual([held.total, cut.length], [0, 0]);
});

test('GTW-29: a connection that alone passes the bound is cut', () => {
  const { held, cut, open } = world(1_000);
  open('one', '192.0.2.1').set(5_000);
  assert.deepEqual([held.total, cut], [0, ['one']]);
});
