import assert from 'node:assert/strict';
import test from 'node:test';
import { ClockWatch } from './clock-watch.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

function machine() {
  const clock = { now: Date.UTC(2026, 11, 1), elapsedMs: 5_000 };
  const jumps: number[] = [];
  const watch = new ClockWatch(
    { now: () => clock.now, elapsedMs: () => clock.elapsedMs },
    (jumpMs) => jumps.push(jumpMs),
  );
  const pass = (ms: number) => {
    clock.now += ms;
    clock.elapsedMs += ms;
  };
  const jump = (ms: number) => {
    clock.now += ms;
  };
  return { watch, jumps, pass, jump, clock };
}

test('OPS-21: both jumps are reported, and a jump that is undone never moves the settled time', () => {
  const { watch, jumps, pass, jump, clock } = machine();
  const start = clock.now;
  pass(MINUTE_MS);
  jump(400 * DAY_MS);
  assert.equal(watch.settledNow(), start + MINUTE_MS);
  assert.equal(watch.isUnsettled, true);
  pass(5 * MINUTE_MS);
  assert.equal(watch.settledNow(), start + 6 * MINUTE_MS);
  jump(-400 * DAY_MS);
  assert.equal(watch.settledNow(), start + 6 * MINUTE_MS);
  assert.equal(watch.isUnsettled, false);
  assert.deepEqual(jumps, [400 * DAY_MS, -400 * DAY_MS]);
  assert.equal(watch.jumps, 2);
});

test('OPS-21: after 15 minutes a clock that stays ahead is assumed to be right', () => {
  const { watch, pass, jump, clock } = machine();
  jump(DAY_MS);
  watch.check();
  pass(15 * MINUTE_MS - 1);
  assert.equal(watch.settledNow(), clock.now - DAY_MS);
  pass(1);
  assert.equal(watch.settledNow(), clock.now);
  assert.equal(watch.isUnsettled, false);
});

test('OPS-21: a jump back counts at once; small corrections and drift are not jumps', () => {
  const { watch, jumps, pass, jump, clock } = machine();
  jump(-DAY_MS);
  assert.equal(watch.settledNow(), clock.now);
  assert.deepEqual(jumps, [-DAY_MS]);
  for (let hour = 0; hour < 100; hour++) {
    pass(60 * MINUTE_MS);
    jump(2_000);
    assert.equal(watch.settledNow(), clock.now);
  }
  assert.equal(watch.jumps, 1);
});

test('OPS-21: two jumps forward are undone by one back', () => {
  const { watch, jump, clock } = machine();
  const start = clock.now;
  jump(DAY_MS);
  watch.check();
  jump(2 * DAY_MS);
  assert.equal(watch.settledNow(), start);
  jump(-3 * DAY_MS + 500);
  assert.equal(watch.settledNow(), start + 500);
  assert.equal(watch.isUnsettled, false);
});

test('OPS-21: a clock that went back while the server was down is reported at the start', () => {
  const { watch, jumps, clock } = machine();
  watch.lastSeen(clock.now - 400 * DAY_MS);
  watch.lastSeen(clock.now + MINUTE_MS - 1);
  assert.deepEqual(jumps, []);
  watch.lastSeen(clock.now + 400 * DAY_MS);
  assert.deepEqual(jumps, [-400 * DAY_MS]);
  assert.equal(watch.settledNow(), clock.now);
});
