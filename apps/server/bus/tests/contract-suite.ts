import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bus, BusMessage } from '../port.ts';

/** A bus, and a promise of when everything published so far has arrived. */
export type BusUnderTest = { readonly bus: Bus; settled(): Promise<void> };

const frame = (seq: number): BusMessage => ({ kind: 'frame', bytes: new Uint8Array([seq]), seq });

/** Every implementation of the bus passes these; gateways rely on nothing else. */
export function busContract(name: string, open: () => Promise<BusUnderTest>): void {
  const check = (title: string, run: (under: BusUnderTest) => Promise<void>) =>
    test(`${title} [${name}]`, async () => {
      const under = await open();
      await run(under);
      await under.bus.close();
    });

  check(
    'messages of a topic arrive in order at everyone who subscribed',
    async ({ bus, settled }) => {
      const first: number[] = [];
      const second: number[] = [];
      bus.subscribe('c.1', (message) => first.push(message.kind === 'frame' ? message.seq : -1));
      bus.subscribe('c.1', (message) => second.push(message.kind === 'frame' ? message.seq : -1));
      for (let seq = 1; seq <= 100; seq += 1) bus.publish('c.1', frame(seq));
      await settled();
      const expected = Array.from({ length: 100 }, (_, index) => index + 1);
      assert.deepEqual(first, expected);
      assert.deepEqual(second, expected);
    },
  );

  check('topics do not mix, and nobody listening is no error', async ({ bus, settled }) => {
    const heard: BusMessage[] = [];
    bus.subscribe('c.1', (message) => heard.push(message));
    bus.publish('c.2', frame(1));
    bus.publish('c.1', { kind: 'access-ended', accountId: 'everybody' });
    await settled();
    assert.deepEqual(heard, [{ kind: 'access-ended', accountId: 'everybody' }]);
  });

  check('whoever unsubscribes hears no more, others do', async ({ bus, settled }) => {
    const heard: string[] = [];
    const leave = bus.subscribe('c.1', () => heard.push('left'));
    bus.subscribe('c.1', () => heard.push('stayed'));
    leave();
    leave();
    bus.publish('c.1', frame(1));
    await settled();
    assert.deepEqual(heard, ['stayed']);
  });

  check('a topic is wanted while somebody listens', async ({ bus }) => {
    assert.equal(bus.wanted('c.1'), false);
    const leave = bus.subscribe('c.1', () => undefined);
    assert.equal(bus.wanted('c.1'), true);
    leave();
    assert.equal(bus.wanted('c.1'), false);
    const again = bus.subscribe('c.1', () => undefined);
    assert.equal(bus.wanted('c.1'), true);
    again();
  });

  check('a receiver that leaves while it receives disturbs nobody', async ({ bus, settled }) => {
    const heard: string[] = [];
    const leave = bus.subscribe('c.1', () => {
      heard.push('once');
      leave();
    });
    bus.subscribe('c.1', () => heard.push('always'));
    bus.publish('c.1', frame(1));
    bus.publish('c.1', frame(2));
    await settled();
    assert.deepEqual(heard, ['once', 'always', 'always']);
  });
}
