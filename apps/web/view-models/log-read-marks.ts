import { useEffect, useRef } from 'react';
import { useApp } from './app.tsx';
import { type ReadingState, sawUpTo, stepReading, unreadState } from './log-reading.ts';

/** Tells the server what was seen by somebody who could see it. Call the result with each view. */
export function useReadMarks(conversationId: string, enabled: boolean): (seq: number) => void {
  const { bridge } = useApp();
  const marks = useRef<{ state: ReadingState; timer: number; inView: number }>(undefined);
  marks.current ??= { state: unreadState, timer: 0, inView: 0 };
  const held = marks.current;

  const step = () => {
    const next = stepReading(held.state, performance.now());
    held.state = next.state;
    clearTimeout(held.timer);
    if (next.waitMs !== undefined) held.timer = window.setTimeout(step, next.waitMs);
    if (next.mark === undefined) return;
    // A mark that failed is overtaken by the next one.
    bridge.call('markRead', { conversationId, seq: next.mark }).catch(() => undefined);
  };
  const see = (seq: number) => {
    held.inView = Math.max(held.inView, seq);
    if (!enabled || document.visibilityState !== 'visible') return;
    held.state = sawUpTo(held.state, held.inView);
    step();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the functions are of this render alone.
  useEffect(() => {
    const look = () => see(0);
    // Whoever begins to follow has seen what is in view.
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(held.timer);
    };
  }, [conversationId, enabled]);
  return see;
}
