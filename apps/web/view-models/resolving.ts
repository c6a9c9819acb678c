import { useApp, useCall, useWatch } from './app.tsx';
import type { Named } from './named.ts';
import { type Answer, useAnswer } from './task.ts';

/** What stands behind a username; one's own chats are known without asking. */
export function useNamed(username: string): Answer<Named> {
  const call = useCall();
  const own = useWatch('chats', null)?.chats.find((chat) => chat.username === username);
  const { early } = useApp();
  const ask = (): Promise<Named> =>
    own
      ? Promise.resolve({ kind: 'channel', conversationId: own.conversationId })
      : (early.take(username) ?? call('resolve', { username }));
  // A name that is one's own no more is asked about anew.
  const key = own ? `${username} ${own.conversationId}` : username;
  const answer = useAnswer<Named>(key, ask, early.known(username));
  if (!own) return answer;
  return { ...answer, value: { kind: 'channel', conversationId: own.conversationId } };
}
