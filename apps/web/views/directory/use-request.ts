import { useEffect, useState } from 'react';
import type { Role } from '../../bridge/contract/chats.ts';
import { useWatch } from '../../view-models/app.tsx';
import { requestedBy } from '../../view-models/journey.ts';
import { goTo } from '../../view-models/way-back.ts';

const inside: readonly Role[] = ['owner', 'admin', 'subscriber'];

/** Whether somebody who asked by this invite still waits; whoever is let in goes to the channel. */
export function useRequest(token: string): {
  readonly waiting: boolean;
  readonly asked: (conversationId: string) => void;
} {
  const [channel, setChannel] = useState(() => requestedBy(token));
  // Just asked, the list does not know yet.
  const [ahead, setAhead] = useState(false);
  const list = useWatch('chats', null);
  const row = list?.chats.find(({ conversationId }) => conversationId === channel);
  const isIn = row !== undefined && inside.includes(row.role);
  useEffect(() => {
    if (row) setAhead(false);
    if (isIn) goTo({ at: 'chat', conversationId: row.conversationId }, { replace: true });
  }, [row, isIn]);
  const waiting = row ? row.role === 'requested' : ahead || !list?.loaded;
  return {
    waiting: channel !== undefined && waiting,
    asked: (conversationId) => {
      setChannel(conversationId);
      setAhead(true);
    },
  };
}
