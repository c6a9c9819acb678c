import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandError } from '../bridge/bridge.ts';
import type { Call } from './app.tsx';
import type { KeptList } from './kept.ts';
import { sendUnsent, Unsent } from './unsent.ts';

function memory(): KeptList {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => void (value === undefined ? values.delete(key) : values.set(key, value)),
    keys: (start) => [...values.keys()].filter((key) => key.startsWith(start)),
  };
}

function asking(refuse?: string) {
  const asked: unknown[] = [];
  const call = (async (name: string, args: unknown) => {
    asked.push([name, args]);
    if (refuse) throw new CommandError({ code: refuse, message: '', retry: false });
    return null;
  }) as Call;
  return { call, asked };
}

const post = { id: 'a', conversationId: 'c', text: 'hello', silent: false };
const edit = { ...post, id: 'b', edits: 7 };

test('WEB-4: what a closed page has let go of is asked for again under its id, once', async () => {
  const unsent = new Unsent(memory());
  unsent.keep('ada', post);
  unsent.keep('ada', edit);
  const { call, asked } = asking();
  await sendUnsent(call, 'ada', unsent);
  await sendUnsent(call, 'ada', unsent);
  assert.deepEqual(asked, [
    ['postDraft', post],
    ['editPost', { id: 'b', conversationId: 'c', seq: 7, text: 'hello' }],
  ]);
});

test('what is refused stays for the next time, what says nothing goes', async () => {
  const unsent = new Unsent(memory());
  unsent.keep('ada', post);
  await sendUnsent(asking('storage_full').call, 'ada', unsent);
  assert.equal(unsent.all('ada').length, 1);
  await sendUnsent(asking('invalid_argument').call, 'ada', unsent);
  assert.equal(unsent.all('ada').length, 0);
});

test('WEB-5: nobody posts what another account has left', () => {
  const unsent = new Unsent(memory());
  unsent.keep('ada', post);
  assert.deepEqual(unsent.all('ben'), []);
  assert.deepEqual(unsent.all('ada'), []);
});
