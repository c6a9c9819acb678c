import type { Commands } from '../bridge/contract/contract.ts';
import type { Call } from './app.tsx';
import type { KeptList } from './kept.ts';
import { KeptForAccount } from './kept-for-account.ts';

/** What was being written when the page went away. */
export type LastWords = Commands['saveDraft']['args'] & { readonly writtenAt: number };

/** The last keys before a page goes away. One draft a channel. */
export class KeptWords extends KeptForAccount<LastWords> {
  constructor(kept?: KeptList) {
    super('written.', 'conversationId', kept);
  }
}

/** Goes on from what a page that is gone has left; the worker knows whether something was written since. */
export async function saveLastWords(
  call: Call,
  accountId: string,
  kept = new KeptWords(),
): Promise<void> {
  for (const words of kept.all(accountId)) {
    await call('saveDraft', words);
    kept.forget(words.conversationId);
  }
}
