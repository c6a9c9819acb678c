import { useState } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { announce } from '../../view-models/announcer.ts';
import { useCall } from '../../view-models/app.tsx';
import { beginJourney, type FollowTarget, rememberRequest } from '../../view-models/journey.ts';
import type { Place } from '../../view-models/place.ts';
import { useQuietly } from '../../view-models/task.ts';
import { goTo } from '../../view-models/way-back.ts';

interface FollowWish {
  readonly session: SessionView;
  /** Where one is, to come back to after an account was made. */
  readonly place: Place;
  readonly target: FollowTarget;
  readonly title: string;
  readonly done: (requested: boolean, conversationId: string) => void;
}

/** Follows; whoever has no account makes one first and comes back following. */
export function useFollow({ session, place, target, title, done }: FollowWish) {
  const { directory } = useTexts();
  const call = useCall();
  const quietly = useQuietly();
  const [busy, setBusy] = useState(false);
  const follow = async () => {
    const { conversationId, requested } = await call('follow', target);
    if (requested) rememberRequest(target, conversationId);
    // It is seen at the button; whoever listens is told.
    announce(requested ? directory.inviteRequested : fill(directory.followed, title));
    done(requested, conversationId);
  };
  const run = () => {
    if (session.phase === 'signed-out') {
      beginJourney({ to: place, follow: target });
      goTo({ at: 'sign-up' });
      return;
    }
    setBusy(true);
    quietly(follow().finally(() => setBusy(false)));
  };
  return { busy, run };
}
