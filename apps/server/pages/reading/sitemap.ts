import { EntryKind, limits } from '@heliogram/protocol';
import type { Runtime } from '../../runtime.ts';
import type { Storage } from '../../storage/port.ts';
import { pageLimits } from '../limits.ts';
import type { PublicChannel } from './names.ts';

export type SitemapUrl = { readonly path: string; readonly changedAt?: number };

export type IndexedChannel = Pick<PublicChannel, 'row' | 'username'>;

type Reader = { readonly storage: Storage; readonly runtime: Pick<Runtime, 'soon'> };

/** Channels that search engines may show, oldest first. */
export async function indexedChannels(
  { db }: Storage,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly IndexedChannel[]> {
  const rows = await db
    .selectFrom('channels')
    .select(['conversation', 'username'])
    .where('unlisted', '=', 0)
    .where('taken_down_reason', 'is', null)
    .where('no_index', '=', 0)
    .where('owner', '!=', 0)
    .orderBy('conversation')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.flatMap(({ conversation: row, username }) => (username ? [{ row, username }] : []));
}

const HEADS_AT_ONCE = 500;

/** How many sitemaps each channel's posts fill. */
export async function partsOf(
  { runtime, storage }: Reader,
  channels: readonly IndexedChannel[],
): Promise<ReadonlyMap<string, number>> {
  const parts = new Map<string, number>();
  for (let at = 0; at < channels.length; at += HEADS_AT_ONCE) {
    const some = channels.slice(at, at + HEADS_AT_ONCE);
    const heads = await storage.log.heads(some.map(({ row }) => row));
    for (const { row, username } of some) {
      const head = heads.get(row)?.headSeq ?? 0;
      if (head > 0) parts.set(username, Math.ceil(head / pageLimits.seqsPerSitemap));
    }
    await giveWay(runtime);
  }
  return parts;
}

/** Others wait for the same thread. */
function giveWay(runtime: Pick<Runtime, 'soon'>): Promise<void> {
  return new Promise((resolve) => runtime.soon(resolve));
}

/** Posts of one part that stand, oldest first. */
export async function postUrls(
  { runtime, storage }: Reader,
  { row, username }: IndexedChannel,
  part: number,
): Promise<readonly SitemapUrl[]> {
  const urls: SitemapUrl[] = [];
  const end = Math.min(part * pageLimits.seqsPerSitemap, limits.maxSeq) + 1;
  let [afterSeq, more] = [(part - 1) * pageLimits.seqsPerSitemap, true];
  while (more) {
    const page = await storage.log.read({
      conversation: row,
      afterSeq,
      beforeSeq: end,
      limit: limits.maxReadLimit,
      from: 'start',
      listed: true,
      maxBytes: limits.maxReadBytes,
    });
    for (const { kind, redacted, revision, sentAt, seq, takenDownReason } of page.entries) {
      if (kind !== EntryKind.POST || redacted || takenDownReason !== null) continue;
      urls.push({ path: `/@${username}/${seq}`, changedAt: revision?.editedAt ?? sentAt });
    }
    afterSeq = page.entries.at(-1)?.seq ?? end;
    more = page.more;
    await giveWay(runtime);
  }
  return urls;
}
