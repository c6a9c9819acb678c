import assert from 'node:assert/strict';
import test from 'node:test';
import type { ToWindow } from '../../bridge/messages.ts';
import type { Handlers } from './handlers.ts';
import { Hub } from './hub.ts';

const handlers = {
  commands: { listDevices: async () => [] },
  watches: {
    session: (_args: null, emit: (event: unknown) => void) => {
      emit({ phase: 'starting' });
      return { end: () => undefined };
    },
  },
} as unknown as Handlers;

test('WEB-3: what a tab of another version asks is refused or stays silent, and breaks no other tab', async () => {
  const hub = new Hub();
  const got: ToWindow[] = [];
  const take = (message: ToWindow) => got.push(message);
  for (const name of ['ofTomorrow', 'constructor']) {
    hub.receive('newer', { t: 'watch', id: 1, name, args: null }, take);
    hub.receive('newer', { t: 'call', id: 2, name, args: null }, take);
  }
  hub.receive('newer', { t: 'tell', id: 1, tell: 'what' }, take);
  hub.receive('ours', { t: 'watch', id: 1, name: 'session', args: null }, take);
  hub.setHandlers(handlers);
  hub.receive('newer', { t: 'watch', id: 3, name: 'ofTomorrow', args: null }, take);
  hub.receive('newer', { t: 'unwatch', id: 3 }, take);
  await new Promise(setImmediate);
  const refusals = got.filter((message) => message.t === 'refusal');
  assert.deepEqual(
    refusals.map(({ failure }) => failure.code),
    ['unsupported', 'unsupported'],
  );
  const events = got.filter((message) => message.t === 'event');
  assert.deepEqual(events, [{ t: 'event', id: 1, event: { phase: 'starting' } }]);
});
