import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../gateway/tests/http-world.ts';
import { Forgetting } from './forgetting.ts';
import { conversationsWorld, methods } from './tests/conversations-world.ts';

/** Timers that run when the test says so, and a journal that answers what the test says. */
function world(answers: (boolean | Error)[]) {
  const timers: (() => void)[] = [];
  let asked = 0;
  const forgetting = new Forgetting(
    {
      forgetRemoved: async () => {
        asked += 1;
        const answer = answers.shift() ?? true;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    {
      after: (_, run) => {
        timers.push(run);
        return { cancel: () => undefined };
      },
    },
  );
  const tick = async () => {
    for (const run of timers.splice(0)) run();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { forgetting, tick, asked: () => asked, waiting: () => timers.length };
}

test('LOG-6: many removals empty the journal once, later ones again', async () => {
  const { forgetting, tick, asked, waiting } = world([]);
  for (let removal = 0; removal < 5; removal += 1) forgetting.soon();
  assert.equal(asked(), 0, 'not in the way of the write');
  await tick();
  assert.equal(asked(), 1);
  assert.equal(waiting(), 0);
  forgetting.soon();
  await tick();
  assert.equal(asked(), 2);
});

test('LOG-6: a reader or a failing disk in the way is waited for, until the storage closes', async () => {
  const { forgetting, tick, asked, waiting } = world([false, new Error('busy'), true, false]);
  forgetting.soon();
  for (let round = 0; round < 3; round += 1) await tick();
  assert.equal(asked(), 3);
  assert.equal(waiting(), 0);
  forgetting.soon();
  await tick();
  forgetting.stop();
  await tick();
  assert.equal(asked(), 4);
  assert.equal(waiting(), 0);
});

test('LOG-6: a post that is redacted, and a log that is erased, leave the journal by themselves', async (t) => {
  const { storage, call, conversation, conversations, post, appendId } =
    await conversationsWorld(t);
  let emptied = 0;
  const forgetRemoved = storage.forgetRemoved.bind(storage);
  storage.forgetRemoved = async () => {
    emptied += 1;
    return forgetRemoved();
  };
  const hill = await conversation();
  await conversations.log.append(hill, [post('regret')]);
  const { conversationId } = hill;
  await call(methods.redact, { conversationId, seq: 1, appendId: appendId() });
  assert.equal(emptied, 0, 'the answer does not wait for it');
  await eventually(() => emptied === 1);
  await conversations.log.erase(hill);
  await eventually(() => emptied === 2);
});
