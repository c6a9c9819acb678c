import type { Commands } from '../bridge/contract/contract.ts';
import type { Call } from './app.tsx';
import { type KeptList, keptHere } from './kept.ts';

/** What was being written when the page went away. */
export type LastWords = Commands['saveDraft']['args'] & { readonly writtenAt: number };

const space = 'written.';

/**
 * The last keys before a page goes away, until the worker has them durably: it may end with its page before
 * it hears of them, while this is written at once. One draft a channel.
 */
export class KeptWords {
  readonly #kept: KeptList;

  constructor(kept: KeptList = keptHere) {
    this.#kept = kept;
  }

  keep(accountId: string, words: LastWords): void {
    this.#kept.set(space + words.conversationId, JSON.stringify({ accountId, ...words }));
  }

  forget(conversationId: string): void {
    this.#kept.set(space + conversationId, undefined);
  }

  forgetAll(): void {
    for (const key of this.#kept.keys(space)) this.#kept.set(key, undefined);
  }

  /** Of this account; what another one left goes. */
  all(accountId: string): readonly LastWords[] {
    return this.#kept.keys(space).flatMap((key) => {
      const { accountId: by, ...words } = parse(this.#kept.get(key));
      if (by === accountId && words.conversationId !== undefined) return [words as LastWords];
      this.#kept.set(key, undefined);
      return [];
    });
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

/** Written by this program; what does not look like it was written by none. */
function parse(text: string | undefined): Partial<LastWords & { readonly accountId: string }> {
  try {
    const found: unknown = JSON.parse(text ?? '');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}
