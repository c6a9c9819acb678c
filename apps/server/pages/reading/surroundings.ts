import { findChannel, isReadable } from '../../channels/index.ts';
import type { Storage } from '../../storage/port.ts';
import { ANYBODY, type PublicChannel } from './names.ts';
import type { Reader } from './reader.ts';
import type { Standing } from './standing.ts';

/** Where a forwarded post first stood. */
export type Origin = {
  readonly title: string;
  /** Absent where the origin is not, or no longer, to be seen by everybody. */
  readonly place?: { readonly username: string; readonly seq: number };
};

/** The post that a reply answers. */
export type Quoted = {
  /** Absent: it is gone, or too far back. */
  readonly says?: { readonly seq: number; readonly text: string; readonly files: number };
};

/** Origins by the seq of the forward; each channel is asked for once. */
export async function originsOf(
  { standing, storage }: Pick<Reader, 'standing' | 'storage'>,
  found: readonly Standing[],
): Promise<ReadonlyMap<number, Origin>> {
  const channels = new Map<
    string,
    { readonly row: number; readonly username: string } | undefined
  >();
  const origins = new Map<number, Origin>();
  for (const { entry, view } of found) {
    const from = view.forwardedFrom;
    if (!from) continue;
    const { conversationId, seq, title } = from;
    if (!channels.has(conversationId)) {
      channels.set(conversationId, await openChannel(storage, conversationId));
    }
    const channel = channels.get(conversationId);
    const stands = channel && (await standing.at(channel.row, seq)) !== undefined;
    origins.set(entry.seq, {
      title,
      ...(channel && stands ? { place: { username: channel.username, seq } } : {}),
    });
  }
  return origins;
}

/** What replies quote, by the seq of the reply. */
export async function quotedBy(
  { standing }: Pick<Reader, 'standing'>,
  { row: conversation }: PublicChannel,
  found: readonly Standing[],
): Promise<ReadonlyMap<number, Quoted>> {
  const quotes = new Map<number, Quoted>();
  for (const { entry, view } of found) {
    if (!view.replyTo) continue;
    const seq = entry.targetSeq;
    const said = await standing.at(conversation, seq);
    const says = said && { seq, text: said.text, files: said.attachments.length };
    quotes.set(entry.seq, says ? { says } : {});
  }
  return quotes;
}

async function openChannel({ db }: Storage, conversationId: string) {
  const access = await findChannel(db, ANYBODY, { conversationId });
  if (!access || !isReadable(access) || access.channel.username === null) return undefined;
  return { row: access.conversation.id, username: access.channel.username };
}
