import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pageLimits } from '../limits.ts';
import { LastChanges } from './last-changes.ts';

function world() {
  const runtime = { ms: 10_500, now: () => runtime.ms };
  return { runtime, changes: new LastChanges(runtime) };
}

const at = (ms: number) => new Date(ms).toUTCString();

test('PAGE-14: a date is given from the second after the start on, and stays while nothing changes', () => {
  const { changes, runtime } = world();
  assert.equal(changes.dateOf('/a', '1'), undefined);
  runtime.ms = 11_000;
  assert.equal(changes.dateOf('/a', '1'), at(11_000));
  runtime.ms = 99_999;
  assert.equal(changes.dateOf('/a', '1'), at(11_000));
  assert.equal(changes.dateOf('/b', '1'), at(99_000));
});

test('PAGE-14: a change within the same second has its date in the next', () => {
  const { changes, runtime } = world();
  runtime.ms = 20_100;
  assert.equal(changes.dateOf('/a', '1'), at(20_000));
  runtime.ms = 20_900;
  assert.equal(changes.dateOf('/a', '2'), undefined);
  assert.equal(changes.dateOf('/a', '3'), undefined);
  runtime.ms = 22_000;
  assert.equal(changes.dateOf('/a', '3'), at(22_000));
});

test('PAGE-14: no two states of an address share a date, whatever is forgotten and however often it starts', () => {
  const step = fc.record({
    passMs: fc.nat(1_500),
    state: fc.nat(3),
    path: fc.constantFrom('/a', '/b'),
    restart: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { runtime } = world();
      let changes = new LastChanges(runtime);
      const given = new Map<string, number>();
      for (const { passMs, path, restart, state } of steps) {
        runtime.ms += passMs;
        if (restart) changes = new LastChanges(runtime);
        const date = changes.dateOf(path, String(state));
        if (date === undefined) continue;
        const key = `${path} ${date}`;
        assert.equal(given.get(key) ?? state, state);
        given.set(key, state);
      }
    }),
    { numRuns: 300 },
  );
});

test('PAGE-14: what was forgotten gets a date of its own', () => {
  const { changes, runtime } = world();
  runtime.ms = 20_000;
  const first = changes.dateOf('/a', '1');
  for (let count = 0; count <= pageLimits.maxVersions; count += 1) changes.dateOf(`/${count}`, '1');
  assert.equal(changes.dateOf('/a', '2'), undefined);
  runtime.ms = 21_000;
  const second = changes.dateOf('/a', '2');
  assert.notEqual(second, undefined);
  assert.notEqual(second, first);
});
