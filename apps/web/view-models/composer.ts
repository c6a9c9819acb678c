import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useApp } from './app.tsx';
import { ComposerModel, type ComposerTrouble } from './composer-model.ts';
import type { ComposerState } from './composer-state.ts';
import { KeptWords } from './last-words.ts';
import { newActionId } from './log-ids.ts';
import { useSession } from './session.ts';
import { Unsent } from './unsent.ts';

const saveAfterMs = 250;
const unsent = new Unsent();
const keptWords = new KeptWords();

/** The composer of a channel, as long as the view stands; undefined where one may not post. */
export function useComposerModel(
  conversationId: string,
  options: { readonly enabled: boolean; readonly trouble: (trouble: ComposerTrouble) => void },
): ComposerModel | undefined {
  const { bridge } = useApp();
  const { enabled, trouble } = options;
  const [model, setModel] = useState<ComposerModel>();
  const session = useNewest(useSession());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new way to tell troubles starts nothing anew.
  useEffect(() => {
    if (!enabled) return;
    const composer = new ComposerModel(bridge, conversationId, {
      newId: newActionId,
      trouble,
      keep: (letGo) => {
        const { current } = session;
        if (current.phase === 'signed-in') unsent.keep(current.me.accountId, letGo);
      },
      forget: (id) => unsent.forget(id),
      keepWords: (words) => {
        const { current } = session;
        if (!words) return keptWords.forget(conversationId);
        if (current.phase !== 'signed-in') return;
        keptWords.keep(current.me.accountId, { conversationId, ...words, writtenAt: Date.now() });
      },
      // The server may say it later than the composer is there.
      maxFileBytes: () => {
        const { current } = session;
        return current.phase === 'starting' ? undefined : current.server?.maxUploadBytes;
      },
      later: (run) => {
        const timer = setTimeout(run, saveAfterMs);
        return () => clearTimeout(timer);
      },
    });
    const leave = () => composer.leave();
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    setModel(composer);
    return () => {
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', leave);
      composer.end();
      setModel(undefined);
    };
  }, [bridge, conversationId, enabled]);
  return model;
}

function useNewest<Value>(value: Value): { readonly current: Value } {
  const newest = useRef(value);
  newest.current = value;
  return newest;
}

export function useComposerState(model: ComposerModel): ComposerState {
  return useSyncExternalStore(model.subscribe, model.state);
}
