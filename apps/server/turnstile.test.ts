import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turnstile } from './turnstile.ts';

test('a turnstile lets as many in as it says, in order, and turns away beyond its bound', async () => {
  const turnstile = new Turnstile({ atOnce: 2, maxWaiting: 2 });
  const leave: (() => void)[] = [];
  const entered: number[] = [];
  const visit = (who: number) =>
    turnstile.run(async () => {
      entered.push(who);
      await new Promise<void>((resolve) => leave.push(resolve));
      return who;
    });
  const visits = [1, 2, 3, 4].map(visit);
  await assert.rejects(visit(5), { code: 'unavailable' });
  assert.deepEqual(entered, [1, 2]);
  while (leave.length > 0) {
    leave.shift()?.();
    await new Promise(setImmediate);
  }
  assert.deepEqual(await Promise.all(visits), [1, 2, 3, 4]);
  assert.deepEqual(entered, [1, 2, 3, 4]);
  await assert.rejects(
    turnstile.run(() => Promise.reject(new Error('inside'))),
    /inside/,
  );
  assert.equal(await turnstile.run(async () => 'free'), 'free');
});
