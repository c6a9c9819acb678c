import assert from 'node:assert/strict';
import test from 'node:test';
import { Bridge } from '../../bridge/bridge.ts';
import type { ToWindow } from '../../bridge/messages.ts';
import type { Handlers } from '../hub/handlers.ts';
import { Hub } from '../hub/hub.ts';
import type { TabChannel, TabMessage } from './messages.ts';
import { Tabs } from './tabs.ts';

/** A broadcast channel whose tabs can be cut off, as a closed tab is. */
class Ether {
  readonly #tabs = new Map<string, TabChannel>();

  open(tab: string): TabChannel {
    const channel: TabChannel = {
      onmessage: null,
      postMessage: (message) => {
        if (!this.#tabs.has(tab)) return;
        for (const [other, { onmessage }] of this.#tabs) {
          if (other !== tab) onmessage?.(new MessageEvent<TabMessage>('m', { data: message }));
        }
      },
    };
    this.#tabs.set(tab, channel);
    return channel;
  }

  close(tab: string): void {
    this.#tabs.delete(tab);
  }

  /** As a stopped process: messages wait until the returned function wakes it. */
  stop(tab: string): () => void {
    const channel = this.#tabs.get(tab);
    const take = channel?.onmessage;
    const waiting: MessageEvent<TabMessage>[] = [];
    if (!channel || !take) throw new Error(`no tab ${tab}`);
    channel.onmessage = (event) => waiting.push(event);
    return () => {
      channel.onmessage = take;
      for (const event of waiting) take(event);
    };
  }
}

function openTab(ether: Ether, tab: string, present = Promise.resolve()) {
  const hub = new Hub();
  let take: (message: ToWindow) => void = () => undefined;
  const ended: string[] = [];
  const intervals = new Set<() => void>();
  const responds: boolean[] = [];
  const tabs = new Tabs({
    tab,
    channel: ether.open(tab),
    hub,
    toWindow: (message) => {
      take(message);
      if (message.t === 'leader') responds.push(message.responds);
    },
    present,
    gone: () => new Promise(() => undefined),
    every: (_ms, run) => {
      intervals.add(run);
      return () => intervals.delete(run);
    },
  });
  const bridge = new Bridge({
    post: (message) => tabs.fromWindow(message),
    receive: (receiver) => {
      take = receiver;
    },
  });
  const tick = () => {
    for (const run of intervals) run();
  };
  return { bridge, tabs, hub, ended, tick, responds };
}

/** Handlers that answer with the name of the tab that served, or never. */
function handlersOf(tab: string, answers: boolean): Handlers {
  const answer = async () =>
    answers ? { available: true, reason: tab } : new Promise(() => undefined);
  const commands = { checkUsername: answer, createInvite: answer };
  const watches = {
    session: (_args: null, emit: (event: unknown) => void) => {
      emit({ phase: 'starting', by: tab });
      return { end: () => undefined };
    },
  };
  return { commands, watches } as unknown as Handlers;
}

test('WEB-1: what waits for a leader is answered by the first one, here or in another tab', async () => {
  const ether = new Ether();
  const first = openTab(ether, 'first');
  const second = openTab(ether, 'second');
  const asked = second.bridge.call('checkUsername', { username: 'ada' });
  const askedOnce = first.bridge.call('createInvite', { conversationId: '', approval: false });
  first.hub.setHandlers(handlersOf('first', true));
  first.tabs.lead();
  assert.equal((await asked).reason, 'first');
  await askedOnce;
  assert.equal((await first.bridge.call('checkUsername', { username: 'ada' })).reason, 'first');
  const late = openTab(ether, 'late');
  assert.equal((await late.bridge.call('checkUsername', { username: 'ada' })).reason, 'first');
});

test('WEB-1: a tab whose end nobody could see yet asks nobody, and then once', async () => {
  const ether = new Ether();
  const served: string[] = [];
  const leader = ether.open('leader');
  const heard = ({ data }: { readonly data: TabMessage }) => {
    if (data.t === 'ask') served.push(data.message.t);
    if (data.t === 'who') leader.postMessage({ t: 'leading', leader: 'leader', to: data.from });
  };
  leader.onmessage = heard;
  const present = Promise.withResolvers<void>();
  const late = openTab(ether, 'late', present.promise);
  void late.bridge.call('checkUsername', { username: 'ada' });
  leader.postMessage({ t: 'leading', leader: 'leader' });
  assert.deepEqual(served, []);
  present.resolve();
  await present.promise;
  await Promise.resolve();
  assert.deepEqual(served, ['call']);
});

test('WEB-1: what may not be done twice and has not been asked yet waits for the first leader too', async () => {
  const alone = openTab(new Ether(), 'alone');
  const early = alone.bridge.call('createInvite', { conversationId: '', approval: false });
  alone.hub.setHandlers(handlersOf('alone', true));
  alone.tabs.lead();
  assert.deepEqual(await early, { available: true, reason: 'alone' });
});

test('WEB-2: when the leader is gone its questions go to the next; what may not be done twice is refused', async () => {
  const ether = new Ether();
  const first = openTab(ether, 'first');
  const second = openTab(ether, 'second');
  const third = openTab(ether, 'third');
  // They are present a moment after they were opened.
  await Promise.resolve();
  first.hub.setHandlers(handlersOf('first', false));
  first.tabs.lead();
  const seen: unknown[] = [];
  third.bridge.watch('session', null, (event) => seen.push(event));
  const repeatable = third.bridge.call('checkUsername', { username: 'ada' });
  const once = third.bridge.call('createInvite', { conversationId: '', approval: false });
  const own = second.bridge.call('checkUsername', { username: 'ada' });
  once.catch(() => undefined);
  ether.close('first');
  second.hub.setHandlers(handlersOf('second', true));
  second.tabs.lead();
  assert.equal((await repeatable).reason, 'second');
  assert.equal((await own).reason, 'second');
  await assert.rejects(once, { code: 'interrupted' });
  assert.deepEqual(seen, [
    { phase: 'starting', by: 'first' },
    { phase: 'starting', by: 'second' },
  ]);
});

test('WEB-19: a leader that stops is noticed, and nothing is lost when it goes on', async () => {
  const ether = new Ether();
  const first = openTab(ether, 'first');
  const second = openTab(ether, 'second');
  await Promise.resolve();
  first.tabs.begin();
  for (let i = 0; i < 5; i++) second.tick();
  // It opens its store for longer than a leader may be silent.
  assert.deepEqual(second.responds, []);
  first.hub.setHandlers(handlersOf('first', true));
  first.tabs.lead();
  const goOn = ether.stop('first');
  const once = second.bridge.call('createInvite', { conversationId: '', approval: false });
  for (let i = 0; i < 2; i++) second.tick();
  assert.deepEqual(second.responds, []);
  second.tick();
  assert.deepEqual(second.responds, [false]);
  assert.equal(second.bridge.leaderResponds, false);
  second.tick();
  goOn();
  assert.deepEqual(await once, { available: true, reason: 'first' });
  assert.deepEqual(second.responds, [false, true]);
  assert.equal(second.bridge.leaderResponds, true);
});

test('WEB-19: a tab that opens behind a stopped leader says so; the next leader ends it', async () => {
  const ether = new Ether();
  const first = openTab(ether, 'first');
  first.hub.setHandlers(handlersOf('first', true));
  first.tabs.lead();
  ether.stop('first');
  const second = openTab(ether, 'second');
  const third = openTab(ether, 'third');
  await Promise.resolve();
  for (let i = 0; i < 3; i++) for (const tab of [second, third]) tab.tick();
  assert.deepEqual([second.responds, third.responds], [[false], [false]]);
  ether.close('first');
  second.hub.setHandlers(handlersOf('second', true));
  second.tabs.begin();
  third.tick();
  assert.deepEqual(
    [second.responds, third.responds],
    [
      [false, true],
      [false, true],
    ],
  );
  second.tick();
  assert.deepEqual(second.responds, [false, true]);
});
