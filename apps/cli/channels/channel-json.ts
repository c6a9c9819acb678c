import { msOf } from '@heliogram/client';
import type { Channel } from '@heliogram/protocol';
import { isoTime } from '../output/output.ts';

/** A channel as --json shows it: nobody is named. */
export function channelJson(channel: Channel): object {
  const { conversationId, title, username, description, createdAt, subscribers, posts } = channel;
  return {
    conversationId,
    title,
    ...(username !== '' && { username }),
    ...(description !== '' && { description }),
    createdAt: isoTime(msOf(createdAt)),
    subscribers,
    posts,
    role: channel.role || 'none',
  };
}
