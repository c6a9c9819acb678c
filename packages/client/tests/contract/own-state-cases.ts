import { same } from './assertions.ts';
import type { Check } from './check.ts';

const draft = {
  kind: 'draft',
  scope: 'c1',
  clock: 2 ** 52,
  device: 'd1',
  value: '{"text":"grüß"}',
  pending: true,
};

export function ownStateCases(check: Check): void {
  check('own state is kept by kind and scope, the last put of each', async ({ ownState }) => {
    same(await ownState.all(), []);
    const pin = { ...draft, kind: 'pin', value: '1', pending: false };
    await ownState.put([{ ...draft, clock: 1 }, pin, draft]);
    const byKind = async () =>
      (await ownState.all()).toSorted((a, b) => a.kind.localeCompare(b.kind));
    same(await byKind(), [draft, pin]);
    const gone = { ...pin, clock: 9, value: null };
    await ownState.put([gone]);
    same(await byKind(), [draft, gone]);
    await ownState.remove([
      { kind: 'pin', scope: 'c1' },
      { kind: 'pin', scope: 'none' },
    ]);
    same(await ownState.all(), [draft]);
  });
}
