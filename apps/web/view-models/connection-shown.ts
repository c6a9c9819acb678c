import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Reach, SessionView } from '../bridge/contract/session.ts';

/** A connection that comes sooner is not worth a word. */
const patienceMs = 700;

/** How the connection stands, as far as it is worth a word: within a second after it is lost. */
export function useConnectionShown(session: SessionView): Reach {
  const hasNetwork = useSyncExternalStore(subscribe, () => navigator.onLine);
  const reach = session.phase === 'starting' ? 'online' : session.reach;
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (reach !== 'connecting') return;
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, [reach]);
  if (session.phase === 'starting') return 'online';
  if (!hasNetwork) return 'offline';
  return reach === 'connecting' && !late ? 'online' : reach;
}

function subscribe(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}
