import { type Client, textOfPayload } from '@heliogram/client';
import { type Channel, ChannelsService, type Entry, LogService, limits } from '@heliogram/protocol';

/** Everything that a channel's owner can learn about it. */
export interface WholeLog {
  readonly channel: Channel;
  /** Every entry, by seq. */
  readonly entries: readonly Entry[];
  /** Posts and notes as a person reads them, with counters. */
  readonly listed: readonly Entry[];
  /** Account ids of those who wait to be let in. */
  readonly requesters: readonly string[];
  /** Texts of scheduled posts that the server says it could not make. */
  readonly failedSchedules: ReadonlySet<string>;
}

export async function readWholeLog(client: Client, conversationId: string): Promise<WholeLog> {
  const { call } = client.connection;
  const ref = { case: 'conversationId', value: conversationId } as const;
  const { channel } = await call(ChannelsService.method.getChannel, { ref });
  if (!channel) throw new Error('the channel has no face');
  const { posts } = await call(ChannelsService.method.listScheduledPosts, { conversationId });
  const { accounts } = await call(ChannelsService.method.listJoinRequests, { conversationId });
  const failed = posts.filter(({ failure }) => failure !== undefined);
  return {
    channel,
    entries: await readPages(client, conversationId, false),
    listed: await readPages(client, conversationId, true),
    requesters: accounts.map(({ accountId }) => accountId),
    failedSchedules: new Set(failed.map(({ payload }) => textOfPayload(payload))),
  };
}

async function readPages(
  client: Client,
  conversationId: string,
  listed: boolean,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let afterSeq = 0; ; ) {
    const request = { conversationId, afterSeq, fromStart: true, listed };
    const page = await client.connection.call(LogService.method.read, {
      ...request,
      limit: limits.maxReadLimit,
    });
    entries.push(...page.entries);
    afterSeq = page.entries.at(-1)?.seq ?? afterSeq;
    if (!page.more || page.entries.length === 0) return entries;
  }
}
