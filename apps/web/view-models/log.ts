import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LogAnchor } from '../bridge/contract/log.ts';
import { useApp } from './app.tsx';
import { LogModel, type LogSnapshot, type Schedule } from './log-model.ts';

/** A tab that nobody looks at draws no frames, yet what arrives there must not pile up. */
const hiddenTabMs = 250;

/** Watches a log as long as the view stands. `at` is where the first opening begins. */
export function useLogModel(conversationId: string, at: LogAnchor): LogModel | undefined {
  const { bridge } = useApp();
  const [model, setModel] = useState<LogModel>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: later anchors are told, not watched anew.
  useEffect(() => {
    const watched = new LogModel(bridge, { conversationId, at }, firstAtOnce());
    setModel(watched);
    return () => watched.end();
  }, [bridge, conversationId]);
  return model;
}

export function useLogSnapshot(model: LogModel): LogSnapshot {
  return useSyncExternalStore(model.subscribe, model.snapshot);
}

/** What the log opens with is drawn with the view itself; what comes then, once a frame. */
function firstAtOnce(): Schedule {
  let first = true;
  return (run) => {
    if (!first) return beforeNextFrame(run);
    first = false;
    let wanted = true;
    queueMicrotask(() => {
      if (wanted) run();
    });
    return () => {
      wanted = false;
    };
  };
}

function beforeNextFrame(run: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(run, hiddenTabMs);
    return () => clearTimeout(timer);
  }
  let timer = 0;
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    run();
  });
  timer = window.setTimeout(() => {
    cancelAnimationFrame(frame);
    run();
  }, hiddenTabMs);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
