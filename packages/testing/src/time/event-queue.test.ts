import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '../chance/seeded-random.ts';
import { EventQueue } from './event-queue.ts';

test('what is due first runs first, what is due together in order of its making, what is cancelled never', () => {
  const random = new SeededRandom(1, 'queue');
  const queue = new EventQueue();
  const made = Array.from({ length: 500 }, (_, order) => ({ order, atMs: random.int(0, 40) }));
  const ran: typeof made = [];
  const appointments = made.map((event) => queue.after(event.atMs, () => ran.push(event)));
  for (const [i, appointment] of appointments.entries()) if (i % 3 === 0) appointment.cancel();
  while (queue.step(1_000)) assert.equal(queue.nowMs, ran.at(-1)?.atMs);
  const kept = made.filter((_, i) => i % 3 !== 0);
  kept.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
  assert.deepEqual(ran, kept);
  assert.equal(queue.nowMs, 1_000);
});

test('time stops where it was told to, before what is due later', () => {
  const queue = new EventQueue();
  let runs = 0;
  queue.after(100, () => {
    runs += 1;
  });
  assert.equal(queue.step(99), false);
  assert.deepEqual([queue.nowMs, runs], [99, 0]);
  assert.equal(queue.step(100), true);
  assert.deepEqual([queue.nowMs, runs], [100, 1]);
});
