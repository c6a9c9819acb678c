import { EntryKind, limits } from '@heliogram/protocol';
import type { Runtime } from '../../runtime.ts';
import type { Storage } from '../../storage/port.ts';
import { pageLimits } from '../limits.ts';
import { listed, publicChannels } from './directory.ts';
import type { PublicChannel } from './names.ts';

export type SitemapUrl = { readonly path: string; readonly changedAt?: number };

/** Channels that search engines may show, from one row on. */
export async function indexedChannels(
  storage: Storage,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly PublicChannel[]> {
  const rows = await listed(storage)
    .where('no_index', '=', 0)
    .where('username', 'is not', null)
    .where('owner', '!=', 0)
    .orderBy('conversation')
    .offset(offset)
    .limit(limit)
    .execute();
  const channels: PublicChannel[] = [];
  const all = rows.map(({ conversation }) => conversation);
  for (let at = 0; at < all.length; at += MAX_PER_QUERY) {
    channels.push(...(await publicChannels(storage, all.slice(at, at + MAX_PER_QUERY))));
  }
  return channels;
}

const MAX_PER_QUERY = 500;

/** How many sitemaps each channel's posts fill. */
export async function partsOf(
  storage: Storage,
  channels: readonly PublicChannel[],
): Promise<ReadonlyMap<string, number>> {
  const parts = new Map<string, number>();
  for (let at = 0; at < channels.length; at += MAX_PER_QUERY) {
    const some = channels.slice(at, at + MAX_PER_QUERY);
    const heads = await storage.log.heads(some.map(({ row }) => row));
    for (const { row, username } of some) {
      const head = heads.get(row)?.headSeq ?? 0;
      if (head > 0) parts.set(username, Math.ceil(head / pageLimits.seqsPerSitemap));
    }
  }
  return parts;
}

/** Posts of one part that stand, oldest first. Gives way between reads: others wait for the same thread. */
export async function postUrls(
  { storage, runtime }: { readonly storage: Storage; readonly runtime: Pick<Runtime, 'soon'> },
  { row, username }: PublicChannel,
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
    await new Promise<void>((resolve) => runtime.soon(resolve));
  }
  return urls;
}
