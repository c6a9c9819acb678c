import type { PostTarget } from '@heliogram/client';
import type { Channel } from '@heliogram/protocol';
import type { Session } from '../session/session.ts';

/** Where a post goes; signed where the channel signs its posts. */
export function targetOf(
  { conversationId, settings }: Pick<Channel, 'conversationId' | 'settings'>,
  { device }: Session,
): PostTarget {
  return { conversationId, accountId: settings?.signPosts ? device.accountId : undefined };
}
