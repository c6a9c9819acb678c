import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localFieldValue, readLocalField, schedulePresets } from './composer-schedule.ts';

const thursdayNoon = new Date(2026, 10, 26, 12, 30).getTime();

test('presets are times to come, in local time', () => {
  const presets = schedulePresets(thursdayNoon);
  assert.deepEqual(
    presets.map(({ preset, at }) => [preset, localFieldValue(at)]),
    [
      ['one-hour', '2026-11-26T13:30'],
      ['this-evening', '2026-11-26T19:00'],
      ['tomorrow-morning', '2026-11-27T09:00'],
      ['next-monday', '2026-11-30T09:00'],
    ],
  );
});

test('no evening when it is evening, and Monday morning once on a Sunday', () => {
  const night = schedulePresets(new Date(2026, 10, 26, 18).getTime());
  assert.ok(!night.some(({ preset }) => preset === 'this-evening'));
  const sunday = schedulePresets(new Date(2026, 10, 29, 12).getTime());
  assert.ok(!sunday.some(({ preset }) => preset === 'next-monday'));
  const monday = schedulePresets(new Date(2026, 10, 30, 12).getTime());
  assert.equal(localFieldValue(monday.at(-1)?.at ?? 0), '2026-12-07T09:00');
});

test('a time is read back to the minute; the past and the far future are refused', () => {
  const at = thursdayNoon + 3_600_000;
  assert.deepEqual(readLocalField(localFieldValue(at), thursdayNoon), { ok: true, at });
  const reason = (value: string) => {
    const choice = readLocalField(value, thursdayNoon);
    return choice.ok ? '' : choice.reason;
  };
  assert.equal(reason(''), 'missing');
  assert.equal(reason('2026-11-26T12:30'), 'past');
  assert.equal(reason('2028-01-01T00:00'), 'far');
});
