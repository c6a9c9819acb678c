import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DependencyError, VerificationError } from '@heliogram/protocol';
import {
  type ConnectionEvent,
  type ConnectionRules,
  type ConnectionState,
  stepConnection,
} from './connection-state.ts';

const rules: ConnectionRules = { signsIn: true, maxFailures: 3, handshakeTimeoutMs: 1_000 };
const ready: ConnectionState = { phase: 'ready', heartbeatMs: 30_000, silentBeats: 0 };
const welcome: ConnectionEvent = { type: 'welcome', version: 1, heartbeatMs: 30_000 };
const revoked = new VerificationError('device_revoked', 'revoked');
const busy = new DependencyError('draining', 'restarting', { retryAfterMs: 5_000 });

type Row = {
  readonly name: string;
  readonly from: ConnectionState;
  readonly event: ConnectionEvent;
  readonly rules?: Partial<ConnectionRules>;
  readonly phase: ConnectionState['phase'];
  readonly effects: readonly string[];
};

const rows: readonly Row[] = [
  {
    name: 'starts by dialling',
    from: { phase: 'idle' },
    event: { type: 'start' },
    phase: 'dialling',
    effects: ['dial', 'timer'],
  },
  {
    name: 'starts again after it was given up',
    from: { phase: 'failed', error: revoked },
    event: { type: 'start' },
    phase: 'dialling',
    effects: ['dial', 'timer'],
  },
  {
    name: 'does not start twice',
    from: ready,
    event: { type: 'start' },
    phase: 'ready',
    effects: [],
  },
  {
    name: 'greets when open',
    from: { phase: 'dialling', failures: 0 },
    event: { type: 'opened' },
    phase: 'greeting',
    effects: ['send-hello'],
  },
  {
    name: 'signs in when welcome',
    from: { phase: 'greeting', failures: 0 },
    event: welcome,
    phase: 'signing-in',
    effects: ['sign-in'],
  },
  {
    name: 'is ready when welcome with nobody to sign in',
    from: { phase: 'greeting', failures: 0 },
    event: welcome,
    rules: { signsIn: false },
    phase: 'ready',
    effects: ['timer', 'ready'],
  },
  {
    name: 'is ready when signed in',
    from: { phase: 'signing-in', failures: 2, heartbeatMs: 30_000 },
    event: { type: 'signed-in' },
    phase: 'ready',
    effects: ['timer', 'ready'],
  },
  {
    name: 'gives up on a version that it does not speak',
    from: { phase: 'greeting', failures: 0 },
    event: { ...welcome, version: 9 },
    phase: 'failed',
    effects: ['no-timer', 'hang-up', 'lost', 'failed'],
  },
  {
    name: 'gives up when refused for good',
    from: { phase: 'signing-in', failures: 0, heartbeatMs: 1 },
    event: { type: 'refused', error: revoked },
    phase: 'failed',
    effects: ['no-timer', 'hang-up', 'lost', 'failed'],
  },
  {
    name: 'gives up when cut off for good while ready',
    from: ready,
    event: { type: 'refused', error: revoked },
    phase: 'failed',
    effects: ['no-timer', 'hang-up', 'lost', 'failed'],
  },
  {
    name: 'waits when told to come back',
    from: ready,
    event: { type: 'refused', error: busy },
    phase: 'waiting',
    effects: ['hang-up', 'lost', 'backoff'],
  },
  {
    name: 'waits after a loss',
    from: ready,
    event: { type: 'closed', reason: 'x' },
    phase: 'waiting',
    effects: ['hang-up', 'lost', 'backoff'],
  },
  {
    name: 'dials when the wait is over',
    from: { phase: 'waiting', failures: 2 },
    event: { type: 'timer' },
    phase: 'dialling',
    effects: ['dial', 'timer'],
  },
  {
    name: 'gives up after so many failures in a row',
    from: { phase: 'dialling', failures: 2 },
    event: { type: 'closed', reason: 'x' },
    phase: 'failed',
    effects: ['no-timer', 'hang-up', 'lost', 'failed'],
  },
  {
    name: 'loses a server that does not answer the greeting',
    from: { phase: 'greeting', failures: 0 },
    event: { type: 'timer' },
    phase: 'waiting',
    effects: ['hang-up', 'lost', 'backoff'],
  },
  {
    name: 'pings at the first silent beat',
    from: ready,
    event: { type: 'timer' },
    phase: 'ready',
    effects: ['send-ping', 'timer'],
  },
  {
    name: 'loses a server that is silent for two beats',
    from: { ...ready, silentBeats: 1 },
    event: { type: 'timer' },
    phase: 'waiting',
    effects: ['hang-up', 'lost', 'backoff'],
  },
  {
    name: 'ignores a close that comes late',
    from: { phase: 'waiting', failures: 1 },
    event: { type: 'closed', reason: 'x' },
    phase: 'waiting',
    effects: [],
  },
  {
    name: 'ignores a welcome that nobody asked for',
    from: ready,
    event: welcome,
    phase: 'ready',
    effects: [],
  },
  {
    name: 'stops from anywhere',
    from: ready,
    event: { type: 'stop' },
    phase: 'idle',
    effects: ['no-timer', 'hang-up', 'lost'],
  },
];

for (const row of rows) {
  test(`SDK-1: the connection ${row.name}`, () => {
    const [state, effects] = stepConnection(row.from, row.event, { ...rules, ...row.rules });
    assert.equal(state.phase, row.phase);
    assert.deepEqual(
      effects.map(({ type }) => type),
      row.effects,
    );
  });
}

test('SDK-1: activity forgives silent beats', () => {
  const [state] = stepConnection({ ...ready, silentBeats: 1 }, { type: 'activity' }, rules);
  assert.deepEqual(state, ready);
});

test('SDK-2: what the server asks to wait is kept, and a success starts the count anew', () => {
  const [state, effects] = stepConnection(ready, { type: 'refused', error: busy }, rules);
  assert.deepEqual(state, { phase: 'waiting', failures: 1 });
  assert.deepEqual(effects.at(-1), { type: 'backoff', failures: 1, atLeastMs: 5_000 });
});

test('SDK-1: a heartbeat from the wire is bounded', () => {
  for (const [said, kept] of [
    [0, 1_000],
    [4_000_000_000, 300_000],
  ] as const) {
    const event = { ...welcome, heartbeatMs: said };
    const [state] = stepConnection({ phase: 'greeting', failures: 0 }, event, rules);
    assert.equal(state.phase === 'signing-in' && state.heartbeatMs, kept);
  }
});
