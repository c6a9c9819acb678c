import type { Channel, PostHit } from '@heliogram/protocol';
import type { ChannelCard, PostHitView } from '../../bridge/contract/chats.ts';
import { avatarOf } from '../media-paths.ts';
import { roleOf } from '../roles.ts';

export function cardOf(channel: Channel): ChannelCard {
  const { conversationId, title, username, description, subscribers, posts, role } = channel;
  const facts = { conversationId, title, username, description, subscribers, posts };
  return { ...facts, ...avatarOf(channel), role: roleOf(role) };
}

export function hitOf({ conversationId, title, entry, snippet, highlights }: PostHit): PostHitView {
  const at = entry?.sentAt ? Number(entry.sentAt.seconds) * 1_000 : 0;
  return { conversationId, seq: entry?.seq ?? 0, title, at, snippet, highlights };
}
