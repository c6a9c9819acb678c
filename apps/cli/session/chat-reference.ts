import {
  type Channel,
  ChannelsService,
  isConversationId,
  UsageError,
  username,
  ValidationError,
} from '@heliogram/protocol';
import type { Session } from './session.ts';

/**
 * `https://host/#+TOKEN`: opens the channel for whoever holds it. The token stands in the fragment,
 * which no browser sends: caches and the logs of proxies keep paths.
 */
export function inviteLink(origin: string, token: string): string {
  return `${origin}/#+${token}`;
}

/**
 * The token of an invite link to this server, undefined for what is no link. Typed without the `#` it
 * is one too. Throws `usage`.
 */
export function inviteToken(text: string, origin: string): string | undefined {
  const [, server, token] = /^(https?:\/\/[^/]+)\/#?\+([A-Za-z0-9_-]+)$/.exec(text) ?? [];
  if (server === undefined || token === undefined) return undefined;
  if (server.toLowerCase() === origin) return token;
  throw new UsageError(`the link belongs to ${server}, but this account is on ${origin}`);
}

/** The conversation id behind a CHAT; asks the server only for a @username. */
export async function conversationOf(session: Session, chat: string): Promise<string> {
  if (isConversationId(chat)) return chat;
  return (await channelOf(session, chat)).conversationId;
}

/** The channel behind a CHAT, as the server describes it now. Throws `not_found`. */
export async function channelOf({ call }: Session, chat: string): Promise<Channel> {
  const { channel } = await call(ChannelsService.method.getChannel, { ref: refOf(chat) });
  if (!channel) throw new ValidationError('not_found', `channel not found: ${chat}`);
  return channel;
}

function refOf(chat: string) {
  if (isConversationId(chat)) return { case: 'conversationId', value: chat } as const;
  if (chat.startsWith('@')) return { case: 'username', value: username(chat) } as const;
  throw new UsageError(`CHAT must be the id of a conversation or an @username, not “${chat}”`);
}
