import { decodeContent, messageIdOf } from '@heliogram/content';
import { limits } from '@heliogram/protocol';
import type { Storage, StoredEntry } from '../../storage/port.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { pageLimits } from '../limits.ts';

type Reply = { readonly conversation: number; readonly seq: number; readonly messageId: string };

/**
 * Which post a reply answers. A reply names it by message id alone (CHN-14) and the log finds by seq
 * alone, so the posts before the reply are looked through, as far as a limit; what was found, or not,
 * is remembered: neither can change.
 */
export class ReplyTargets {
  readonly #storage: Pick<Storage, 'log'>;
  /** By message id; 0: not among those looked through. */
  readonly #known = new BoundedCache<number>(pageLimits.maxReplyTargets);

  constructor(storage: Pick<Storage, 'log'>) {
    this.#storage = storage;
  }

  async seqOf(reply: Reply): Promise<number | undefined> {
    const known = this.#known.get(reply.messageId);
    const seq = known ?? (await this.#lookThrough(reply));
    if (known === undefined) this.#known.set(reply.messageId, seq);
    return seq === 0 ? undefined : seq;
  }

  async #lookThrough({ conversation, messageId, seq }: Reply): Promise<number> {
    const { entries } = await this.#storage.log.read({
      conversation,
      afterSeq: 0,
      beforeSeq: seq,
      limit: pageLimits.postsBeforeReply,
      from: 'end',
      listed: true,
      maxBytes: limits.maxReadBytes,
    });
    const found = entries.findLast((entry) => idsOf(entry).includes(messageId));
    return found?.seq ?? 0;
  }
}

/** A reply may name the first version or the newest. */
function idsOf({ payload, redacted, revision }: StoredEntry): readonly string[] {
  if (payload === null || redacted) return [];
  return [payload, ...(revision ? [revision.payload] : [])].map(messageIdHex);
}

function messageIdHex(payload: Uint8Array): string {
  return Buffer.from(messageIdOf(decodeContent(payload), payload)).toString('hex');
}
