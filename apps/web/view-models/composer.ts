import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useApp } from './app.tsx';
import { ComposerModel, type ComposerTrouble } from './composer-model.ts';
import type { ComposerState } from './composer-state.ts';
import { newActionId } from './log-ids.ts';
import { useSession } from './session.ts';

const saveAfterMs = 600;

/** The composer of a channel, as long as the view stands; undefined where one may not post. */
export function useComposerModel(
  conversationId: string,
  options: { readonly enabled: boolean; readonly trouble: (trouble: ComposerTrouble) => void },
): ComposerModel | undefined {
  const { bridge } = useApp();
  const { enabled, trouble } = options;
  const [model, setModel] = useState<ComposerModel>();
  const maxFileBytes = useMaxFileBytes();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new way to tell troubles starts nothing anew.
  useEffect(() => {
    if (!enabled) return;
    const composer = new ComposerModel(bridge, conversationId, {
      newId: newActionId,
      trouble,
      maxFileBytes,
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

/** Asked when a file comes: the server may say it later than the composer is there. */
function useMaxFileBytes(): () => number | undefined {
  const session = useSession();
  const newest = useRef(session);
  newest.current = session;
  return () => {
    const { current } = newest;
    return current.phase === 'starting' ? undefined : current.server?.maxUploadBytes;
  };
}

export function useComposerState(model: ComposerModel): ComposerState {
  return useSyncExternalStore(model.subscribe, model.state);
}
