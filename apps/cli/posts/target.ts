import type { PostTarget } from '@heliogram/client';
import type { Channel } from '@heliogram/protocol';
import type { Arguments } from '../arguments/arguments.ts';
import type { Session } from '../session/session.ts';

/** Where a post goes; signed where the channel signs its posts, or the person asks for it. */
export function targetOf(
  { conversationId, settings }: Pick<Channel, 'conversationId' | 'settings'>,
  { device }: Session,
  args: Arguments,
): PostTarget {
  const signed = args.on('sign') || (settings?.signPosts ?? false);
  return { conversationId, accountId: signed ? device.accountId : undefined };
}
