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
  const answer = useAnswer<Named>(username, ask, early.known(username));
  if (!own) return answer;
  return { ...answer, value: { kind: 'channel', conversationId: own.conversationId } };
}
