import { useEffect, useRef } from 'react';
import type { SessionView } from '../bridge/contract/session.ts';
import { type Call, useApp, useCall } from './app.tsx';
import type { App } from './beginning.ts';
import { KeptWords, saveLastWords } from './last-words.ts';
import { type Passage, passageOf } from './passage.ts';
import { forgetSearches } from './search-history.ts';
import { sendUnsent, Unsent } from './unsent.ts';

/** Does what belongs to coming and going, in whichever tab and for whatever reason it happened. */
export function useComingsAndGoings(session: SessionView): void {
  const { phase } = session;
  const accountId = session.phase === 'signed-in' ? session.me.accountId : '';
  const call = useCall();
  const { downloads } = useApp();
  const before = useRef<SessionView['phase']>('starting');
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the phase makes anybody come or go.
  useEffect(() => {
    const passage = passageOf(before.current, phase);
    before.current = phase;
    if (passage) attend(passage, call, downloads).catch(() => undefined);
    if (passage === 'back') goOn(call, accountId).catch(() => undefined);
  }, [phase]);
}

/** With what a page that was closed has left. */
async function goOn(call: Call, accountId: string): Promise<void> {
  await sendUnsent(call, accountId);
  await saveLastWords(call, accountId);
}

async function attend(passage: Passage, call: Call, downloads: App['downloads']): Promise<void> {
  if (passage === 'left') return forgetHere(downloads);
  if (passage === 'came') askToKeep();
  const { tellPush } = await import('./push.ts');
  await tellPush(call);
}

/** The browser may say no: then it clears this app when space gets short, and the settings say so. */
function askToKeep(): void {
  navigator.storage?.persist?.().catch(() => undefined);
}

/** Nothing of whoever left stays in this browser. */
async function forgetHere(downloads: App['downloads']): Promise<void> {
  downloads.clear();
  forgetSearches();
  new Unsent().forgetAll();
  new KeptWords().forgetAll();
  const [{ forgetPictures }, { stopPush }] = await Promise.all([
    import('./installed-app.ts'),
    import('./push.ts'),
  ]);
  forgetPictures();
  await stopPush();
}
