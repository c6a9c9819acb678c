import type { ClientStore } from '../../src/store/port.ts';
import { same } from './assertions.ts';
import type { Check } from './check.ts';
import { run } from './entry-cases.ts';

const owner = { session: 's1', isAlive: () => false };

async function fill({ outbox, records, entries, chats, ownState }: ClientStore): Promise<void> {
  const post = { payload: Uint8Array.of(1), targetSeq: 0, silent: false, fingerprint: 'f' };
  const items = [{ ...post, appendId: new Uint8Array(16) }];
  await outbox.enqueue({ conversationId: 'c1', enqueuedAt: 1, items, ...owner });
  await records.put('setting', new Map([['theme', 'night']]));
  await records.put('profile', new Map([['a', 'b']]));
  const known = { from: 1, to: 5 };
  await entries.put({ conversationId: 'c1', entries: run(1, 5), known, usedAt: 1 });
  await chats.put([{ conversationId: 'c1', summary: Uint8Array.of(1) }]);
  await chats.setLocal('c1', { pinOrder: 1 });
  const register = { kind: 'pin', scope: 'c1', clock: 1, device: 'd1', value: '1', pending: true };
  await ownState.put([register]);
}

async function held({ outbox, records, entries, chats, ownState }: ClientStore) {
  const range = await entries.range({ conversationId: 'c1', limit: 9 });
  return {
    outbox: (await outbox.unsettled({ limit: 9 })).length,
    settings: (await records.all('setting')).size,
    profiles: (await records.all('profile')).size,
    entries: range.entries.length + range.spans.length + (await entries.sizes()).length,
    hits: (await entries.search({ query: 'text', limit: 9 })).length,
    chats: (await chats.all()).length,
    locals: (await chats.locals()).length,
    own: (await ownState.all()).length,
  };
}

export function erasingCases(check: Check): void {
  check('clearing the cache leaves what cannot be fetched again', async (store) => {
    await fill(store);
    await store.clearCache();
    const rest = { outbox: 1, settings: 1, locals: 1, own: 1 };
    same(await held(store), { ...rest, profiles: 0, entries: 0, hits: 0, chats: 0 });
    await fill(store);
    same((await held(store)).hits, 5);
  });

  check('wiping leaves nothing, and the store works on', async (store) => {
    await fill(store);
    await store.wipe();
    same(Object.values(await held(store)), [0, 0, 0, 0, 0, 0, 0, 0]);
    await fill(store);
    same(await held(store), {
      outbox: 1,
      settings: 1,
      profiles: 1,
      entries: 7,
      hits: 5,
      chats: 1,
      locals: 1,
      own: 1,
    });
  });
}
