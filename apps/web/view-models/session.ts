import { useEffect } from 'react';
import type { SessionView } from '../bridge/contract/session.ts';
import { useWatch } from './app.tsx';
import { keptHere } from './kept.ts';

export type SignedIn = Extract<SessionView, { readonly phase: 'signed-in' }>;

/** `starting` until the worker has said who is here. */
export function useSession(): SessionView {
  return useWatch('session', null) ?? { phase: 'starting' };
}

/** The account that may act here: signed in, and let in by the server. */
export function actingAccount(session: SessionView): string | undefined {
  return session.phase === 'signed-in' && !session.suspended ? session.me.accountId : undefined;
}

/** Whether somebody was signed in here when the app was last open: decides what is painted first. */
export function wasSignedIn(): boolean {
  return keptHere.get('signed-in') === 'yes';
}

export function useRememberedSession(session: SessionView): void {
  useEffect(() => {
    if (session.phase === 'starting') return;
    keptHere.set('signed-in', session.phase === 'signed-in' ? 'yes' : undefined);
  }, [session.phase]);
}
