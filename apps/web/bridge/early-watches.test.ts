import assert from 'node:assert/strict';
import test from 'node:test';
import { Bridge } from './bridge.ts';
import type { LogEvent } from './contract/log.ts';
import type { ToWindow, ToWorker } from './messages.ts';

function bridgeWithWorker() {
  const asked: ToWorker[] = [];
  let tell: (message: ToWindow) => void = () => undefined;
  const bridge = new Bridge({
    post: (message) => asked.push(message),
    receive: (take) => {
      tell = take;
    },
  });
  return { bridge, asked, event: (id: number, event: unknown) => tell({ t: 'event', id, event }) };
}

const log = { conversationId: 'c1', at: { kind: 'unread' } } as const;
const failed = { code: 'gone', message: '', retry: false };
const events: readonly LogEvent[] = [1, 2, 3].map((n) => ({
  kind: 'failed',
  failure: { ...failed, message: `${n}` },
}));

test('what was watched early is watched once: its reader has all that it told and will tell', () => {
  const { bridge, asked, event } = bridgeWithWorker();
  bridge.watchEarly('log', log);
  event(1, events[0]);
  event(1, events[1]);
  const seen: LogEvent[] = [];
  const watch = bridge.watch('log', { ...log }, (each) => seen.push(each));
  assert.deepEqual(seen, events.slice(0, 2));
  event(1, events[2]);
  assert.deepEqual(seen, events);
  watch.tell({ kind: 'older' });
  watch.end();
  assert.deepEqual(asked, [
    { t: 'watch', id: 1, name: 'log', args: log },
    { t: 'tell', id: 1, tell: { kind: 'older' } },
    { t: 'unwatch', id: 1 },
  ]);
});

test('another reader, or a second one, watches for itself', () => {
  const { bridge, asked, event } = bridgeWithWorker();
  bridge.watchEarly('log', log);
  const seen: string[] = [];
  bridge.watch('log', { ...log, at: { kind: 'latest' } }, () => seen.push('latest'));
  bridge.watch('log', log, () => seen.push('first'));
  bridge.watch('log', log, () => seen.push('second'));
  for (const id of [1, 2, 3]) event(id, events[0]);
  assert.deepEqual(seen, ['first', 'latest', 'second']);
  assert.equal(asked.length, 3);
});

test('what nobody wanted in time is ended; what somebody reads goes on', () => {
  const { bridge, asked, event } = bridgeWithWorker();
  const giveUp = bridge.watchEarly('log', log);
  giveUp();
  const seen: LogEvent[] = [];
  bridge.watch('log', log, (each) => seen.push(each));
  event(1, events[0]);
  assert.deepEqual(seen, []);
  const later = bridge.watchEarly('session', null);
  const phases: unknown[] = [];
  bridge.watch('session', null, (each) => phases.push(each));
  later();
  event(3, { phase: 'starting' });
  assert.deepEqual(phases, [{ phase: 'starting' }]);
  assert.deepEqual(
    asked.map(({ t, id }) => [t, id]),
    [
      ['watch', 1],
      ['unwatch', 1],
      ['watch', 2],
      ['watch', 3],
    ],
  );
});
