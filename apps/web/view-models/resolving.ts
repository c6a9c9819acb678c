import type { ProfileView } from '../bridge/contract/session.ts';
import { useApp, useCall, useWatch } from './app.tsx';
import { type Answer, useAnswer } from './task.ts';

export type Named =
  | { readonly kind: 'channel'; readonly conversationId: string }
  | { readonly kind: 'account'; readonly profile: ProfileView }
  | { readonly kind: 'nobody' };

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
