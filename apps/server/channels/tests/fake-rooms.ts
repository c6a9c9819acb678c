import { decodeContent, readContent } from '@heliogram/content';
import { EntryKind, ValidationError } from '@heliogram/protocol';
import type { Conversation } from '../../conversations/policy.ts';
import type { StoredEntry } from '../../storage/port.ts';
import type { MediaClaim, MediaClaims, MediaUse } from '../media-claims.ts';
import type { ChannelSearch } from '../search-port.ts';

/** Files by hash, with their owner; uses as they are recorded. */
export class FakeMedia implements MediaClaims {
  readonly files = new Map<string, { readonly mediaId: string; readonly account: number }>();
  readonly uses = new Set<string>();
  readonly claimed: number[] = [];

  async claim({ account, conversation, files, alreadyIn }: MediaClaim) {
    this.claimed.push(conversation);
    return files.map(({ contentHash }) => {
      const file = this.files.get(contentHash);
      const shown = alreadyIn.some(({ conversation, seq }) =>
        this.uses.has(`${conversation}/${seq}/${file?.mediaId}`),
      );
      if (!file || (file.account !== account && !shown)) {
        throw new ValidationError('not_found', 'file not found');
      }
      return file.mediaId;
    });
  }

  async claimAvatar({ account, mediaId }: { account: number; mediaId: string }) {
    const file = [...this.files.values()].find((file) => file.mediaId === mediaId);
    if (file?.account !== account) throw new ValidationError('not_found', 'file not found');
  }

  async attach({ conversation, seq, mediaIds }: MediaUse) {
    for (const id of mediaIds) this.uses.add(`${conversation}/${seq}/${id}`);
  }

  async detach({ conversation, seq }: { conversation: number; seq: number }) {
    this.#drop(`${conversation}/${seq}/`);
  }

  async detachAll(conversation: number) {
    this.#drop(`${conversation}/`);
  }

  async unsettled() {
    return [...new Set(this.claimed)];
  }

  #drop(prefix: string) {
    for (const use of this.uses) if (use.startsWith(prefix)) this.uses.delete(use);
  }
}

type Indexed = { readonly conversation: number; readonly seq: number; readonly text: string };

/** An index that forgets nothing: whatever must not be found has to be held back by the room. */
export class FakeSearch implements ChannelSearch {
  readonly indexed: Indexed[] = [];
  readonly removed: Conversation[] = [];
  directoryHits: number[] = [];
  /** Whether the index asks what is readable, as its port says, or trusts the room to check again. */
  asks = true;

  readonly posts: ChannelSearch['posts'] = {
    search: async ({ query, conversation, readable, offset, limit }) => {
      const found = this.indexed.filter(
        (post) =>
          post.text.includes(query) &&
          (conversation === undefined || post.conversation === conversation),
      );
      const open = await readable([...new Set(found.map((post) => post.conversation))]);
      const hits = found
        .filter((post) => !this.asks || open.has(post.conversation))
        .map((post) => ({ ...post, snippet: post.text, highlights: [0, query.length] }));
      return { hits: hits.slice(offset, offset + limit), more: hits.length > offset + limit };
    },
  };

  readonly directory: ChannelSearch['directory'] = {
    search: async () => ({ conversations: this.directoryHits, more: false }),
  };

  readonly feed: ChannelSearch['feed'] = {
    entriesAppended: (conversation: Conversation, entries: readonly StoredEntry[]) => {
      for (const { kind, seq, payload } of entries) {
        if (kind !== EntryKind.POST || !payload) continue;
        const view = readContent(decodeContent(payload));
        if (view.kind === 'post') {
          this.indexed.push({ conversation: conversation.id, seq, text: view.text });
        }
      }
    },
    postChanged: () => {},
    channelChanged: () => {},
    channelRemoved: (conversation) => void this.removed.push(conversation),
  };
}
