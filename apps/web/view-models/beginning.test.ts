import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { Bridge } from '../bridge/bridge.ts';
import type { ToWindow, ToWorker } from '../bridge/messages.ts';
import { askEarly, createApp } from './beginning.ts';
import { parsePlace } from './place.ts';

/** An app at a place, before anything is drawn; `asked` of the worker: kinds and names. */
function begin(t: TestContext, fragment: string) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const messages: ToWorker[] = [];
  let tell: (message: ToWindow) => void = () => undefined;
  const app = createApp(
    new Bridge({
      post: (message) => messages.push(message),
      receive: (take) => {
        tell = take;
      },
    }),
  );
  const leaving = new Set<() => void>();
  const onLeave = (left: () => void) => leaving.add(left);
  askEarly(app, parsePlace(fragment), { onLeave, wasRead: false });
  const leave = () => {
    for (const left of leaving) left();
  };
  const asked = () => messages.map((each) => ('name' in each ? each.name : each.t));
  const answer = async (id: number, value: unknown) => {
    tell({ t: 'answer', id, value });
    await new Promise(setImmediate);
  };
  return { app, messages, asked, answer, leave };
}

const channel = { kind: 'channel', conversationId: 'c1' } as const;

test('a name is asked for first of all, and what it leads to as soon as that is known', async (t) => {
  const { app, messages, asked, answer } = begin(t, '#@ada/7');
  assert.deepEqual(asked(), ['session', 'chats', 'resolve']);
  assert.equal(app.early.known('ada'), undefined);
  await answer(3, channel);
  assert.deepEqual(asked().slice(3), ['channel', 'log']);
  const at = { kind: 'post', seq: 7 };
  assert.deepEqual(messages[4], {
    t: 'watch',
    id: 5,
    name: 'log',
    args: { conversationId: 'c1', at },
  });
  assert.deepEqual(app.early.known('ada'), channel);
  assert.deepEqual(await app.early.take('ada'), channel);
  assert.equal(app.early.take('ada'), undefined, 'whoever asks again asks the worker');
  app.bridge.watch('log', { conversationId: 'c1', at: { kind: 'post', seq: 7 } }, () => undefined);
  assert.equal(messages.length, 5);
});

test('a conversation is opened at once, at its place; other places ask for who is here and for the chats', (t) => {
  const id = 'ab'.repeat(16);
  assert.deepEqual(begin(t, `#c/${id}`).asked(), ['session', 'chats', 'channel', 'log']);
  t.mock.timers.reset();
  for (const fragment of ['', '#directory', '#settings', '#nonsense/']) {
    assert.deepEqual(begin(t, fragment).asked(), ['session', 'chats']);
    t.mock.timers.reset();
  }
});

test('what nobody wants is asked for no longer', async (t) => {
  const { messages, answer } = begin(t, '#@ada');
  await answer(3, channel);
  t.mock.timers.tick(10_000);
  t.mock.timers.tick(2_000);
  const ended = messages.flatMap((each) => (each.t === 'unwatch' ? each.id : []));
  assert.deepEqual(
    ended.sort((a, b) => a - b),
    [1, 2, 4, 5],
  );
});

test('who goes elsewhere comes back to where reading stopped by then, not to where it had been', async (t) => {
  const id = 'ab'.repeat(16);
  const { app, messages, leave } = begin(t, `#c/${id}`);
  leave();
  assert.deepEqual(messages.at(-1), { t: 'unwatch', id: 4 });
  app.bridge.watch('log', { conversationId: id, at: { kind: 'unread' } }, () => undefined);
  assert.deepEqual(messages.at(-1)?.t, 'watch');
  t.mock.timers.reset();
  const named = begin(t, '#@ada');
  named.leave();
  await named.answer(3, channel);
  assert.deepEqual(named.asked(), ['session', 'chats', 'resolve']);
});

test('a name that leads to nobody, or could not be asked for, opens nothing', async (t) => {
  const { app, asked, answer } = begin(t, '#@ada');
  await answer(3, { kind: 'nobody' });
  assert.deepEqual(app.early.known('ada'), { kind: 'nobody' });
  assert.deepEqual(asked(), ['session', 'chats', 'resolve']);
});
