import type { EditView, PostView } from '@heliogram/content';
import { EntryKind } from '@heliogram/protocol';
import { storedView } from '../../channels/index.ts';
import type { Storage, StoredEntry } from '../../storage/port.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { pageLimits } from '../limits.ts';

/** A stored post that stands, with what it says now. */
export type Standing = { readonly entry: StoredEntry; readonly view: PostView | EditView };

/** The one way from the log to a page. Decoding is remembered: what was appended does not change. */
export class StandingPosts {
  readonly #storage: Pick<Storage, 'log'>;
  readonly #views = new BoundedCache<PostView | EditView>(pageLimits.maxViewBytes);

  constructor(storage: Pick<Storage, 'log'>) {
    this.#storage = storage;
  }

  /** Of a conversation's entries: no note, no edit, no deleted post, none that is withheld. */
  among(conversation: number, entries: readonly StoredEntry[]): readonly Standing[] {
    return entries.flatMap((entry) => {
      const view = this.#viewOf(conversation, entry);
      return view ? [{ entry, view }] : [];
    });
  }

  /** What one post says, while it stands. */
  async at(conversation: number, seq: number): Promise<PostView | EditView | undefined> {
    const entry = await this.#storage.log.entry(conversation, seq);
    return entry && this.#viewOf(conversation, entry);
  }

  #viewOf(conversation: number, entry: StoredEntry): PostView | EditView | undefined {
    const { kind, payload, redacted, revision, seq, takenDownReason } = entry;
    const stands = kind === EntryKind.POST && !redacted && takenDownReason === null;
    if (!stands || payload === null) return undefined;
    const key = `${conversation} ${revision?.seq ?? seq}`;
    const known = this.#views.get(key);
    if (known) return known;
    const newest = revision?.payload ?? payload;
    const view = storedView(newest);
    this.#views.set(key, view, newest.byteLength);
    return view;
  }
}
