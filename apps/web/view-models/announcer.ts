import { useSyncExternalStore } from 'react';

let text = '';
const listeners = new Set<() => void>();

/** Read aloud when the listener is done; what is seen without being looked for needs it. */
export function announce(said: string): void {
  // The same words twice are two announcements: a region speaks only when its text changes.
  text = said === text ? `${said}\u00a0` : said;
  for (const listener of listeners) listener();
}

export function useAnnouncement(): string {
  return useSyncExternalStore(subscribe, () => text);
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
