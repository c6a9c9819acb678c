import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryOwnState } from '../store/memory/memory-own-state.ts';
import type { Register } from '../store/own-state-port.ts';
import { ownStateLimits } from './limits.ts';
import { decodeRegisters, encodeRegisters } from './register-codec.ts';
import { Registers } from './registers.ts';

const seed = Number(process.env['SEED'] ?? 20_261_126);

/** A few draws from a seed. */
function drawing(from: number) {
  let state = from >>> 0;
  const int = (min: number, max: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return min + ((state >>> 8) % (max - min + 1));
  };
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  };
  const shuffle = <T>(items: readonly T[]): readonly T[] =>
    items
      .map((item) => ({ item, at: int(0, 1_000_000) }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  return { int, pick, shuffle, chance: (probability: number) => int(0, 999) < probability * 1_000 };
}

function newDevice(index: number, now: () => number) {
  const store = new MemoryOwnState();
  const device = String(index).repeat(32);
  return { store, registers: new Registers({ store, device, now }) };
}

test('OWN-8: whatever the order, repetition and clocks, all devices come to the same', async () => {
  for (let round = 0; round < 200; round++) {
    const random = drawing(seed + round);
    // Clocks that stand, run ahead and go back.
    const devices = [1, 2, 3, 4].map((index) => newDevice(index, () => random.int(1, 30)));
    const said: Register[][] = [];
    for (let step = 0; step < 40; step++) {
      const { registers } = random.pick(devices);
      if (random.chance(0.6)) {
        const name = { kind: random.pick(['draft', 'pin']), scope: random.pick(['a', 'b', 'c']) };
        await registers.set(name, random.chance(0.2) ? null : String(random.int(1, 9)));
        if (random.chance(0.7)) {
          const { pending } = registers;
          said.push([...decodeRegisters(encodeRegisters(pending))]);
          await registers.sent(pending);
        }
      } else if (said.length > 0) await registers.merge(random.pick(said));
    }
    for (const { registers } of devices) said.push([...registers.pending]);
    const views: string[] = [];
    for (const { store, registers } of devices) {
      for (const entry of random.shuffle([...said, ...said])) await registers.merge(entry);
      const all = (await store.all()).map(({ pending: _, ...register }) =>
        JSON.stringify(register),
      );
      views.push(all.sort().join('\n'));
      const again = new Registers({ store, device: 'f'.repeat(32), now: () => 1 });
      await again.load();
      assert.deepEqual(again.of('draft').length, registers.of('draft').length);
    }
    assert.equal(new Set(views).size, 1, `seed ${seed + round}:\n${views.join('\n\n')}`);
  }
});

test('OWN-8: a change is later than all that was seen, though the clock says otherwise', async () => {
  const { registers } = newDevice(1, () => 5);
  const name = { kind: 'draft', scope: 'c' };
  await registers.merge([{ ...name, clock: 1_000, device: '2'.repeat(32), value: '"theirs"' }]);
  await registers.set(name, '"mine"');
  assert.equal(registers.get(name)?.clock, 1_001);
  await registers.sent([{ ...name, clock: 1_000, device: '1'.repeat(32), value: '"old"' }]);
  assert.equal(registers.pending.length, 1, 'what was set meanwhile still waits');
});

test('OWN-4: what cannot be said in one call is refused here; taking away always has room', async () => {
  const { registers } = newDevice(1, () => 5);
  const value = JSON.stringify('x'.repeat(45_000));
  const set = (scope: string, to: string | null) => registers.set({ kind: 'draft', scope }, to);
  for (let index = 0; index < 10; index++) await set(`c${index}`, value);
  await assert.rejects(set('one more', value), { code: 'limit_reached' });
  await set('c1', null);
  await set('one more', value);
  const few = newDevice(2, () => 5).registers;
  for (let index = 0; index < ownStateLimits.maxRegisters; index++) {
    await few.set({ kind: 'pin', scope: `${index}` }, '1');
  }
  await assert.rejects(few.set({ kind: 'pin', scope: 'x' }, '1'), { code: 'limit_reached' });
  await few.set({ kind: 'pin', scope: '7' }, '2');
});

test('OWN-3: what was taken away is remembered for a while, then forgotten with the next covering', async () => {
  let now = 1_000;
  const { registers, store } = newDevice(1, () => now);
  await registers.set({ kind: 'draft', scope: 'a' }, null);
  await registers.set({ kind: 'draft', scope: 'b' }, '1');
  await registers.set({ kind: 'draft', scope: 'b' }, null);
  await registers.sent(registers.pending);
  assert.equal((await registers.whole()).length, 1);
  now += ownStateLimits.forgetTakenAwayAfterMs + 1_000;
  assert.equal((await registers.whole()).length, 0);
  assert.deepEqual(await store.all(), []);
});
