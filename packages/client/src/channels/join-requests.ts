import { ChannelsService, type Profile } from '@heliogram/protocol';
import type { Caller } from '../connection/connection.ts';

/** Everyone who waits to be let into a channel, oldest request first, read page by page. */
export async function joinRequests(
  call: Caller,
  conversationId: string,
): Promise<readonly Profile[]> {
  const all: Profile[] = [];
  let after = '';
  for (let more = true; more; ) {
    const page = await call(ChannelsService.method.listJoinRequests, { conversationId, after });
    all.push(...page.accounts);
    more = page.more && page.cursor !== after;
    after = page.cursor;
  }
  return all;
}
