import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useApp } from './app.tsx';
import { ComposerModel, type ComposerTrouble } from './composer-model.ts';
import type { ComposerState } from './composer-state.ts';
import { newActionId } from './log-ids.ts';
import { useSession } from './session.ts';
import { Unsent } from './unsent.ts';

const saveAfterMs = 600;
const unsent = new Unsent();

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
    const save = () => composer.saveNow();
    addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
    setModel(composer);
    return () => {
      removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', save);
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
