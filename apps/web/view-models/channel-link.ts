import type { ChannelFacts } from '../bridge/contract/log.ts';

/** What one gives to others: the page that needs no app where there is a name, else the app's own. */
export function channelLink(
  origin: string,
  { username, conversationId }: Pick<ChannelFacts, 'username' | 'conversationId'>,
): string {
  return username === '' ? `${origin}/#c/${conversationId}` : `${origin}/@${username}`;
}
