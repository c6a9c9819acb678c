import { useSyncExternalStore } from 'react';
import type { Layout } from './layout.ts';
import { parsePlace } from './place.ts';
import { goBack, goTo } from './way-back.ts';

interface SearchPanel {
  /** Over the list, where list and conversation stand beside each other. */
  readonly open: boolean;
  readonly query: string;
}

let panel: SearchPanel = { open: false, query: '' };
const listeners = new Set<() => void>();

export function useSearchPanel(): SearchPanel {
  return useSyncExternalStore(subscribe, () => panel);
}

export function setSearchQuery(query: string): void {
  change({ ...panel, query });
}

/** In one column search is a place, so that "back" leaves it; beside a conversation it is not. */
export function openSearch(layout: Layout): void {
  if (layout !== 'one') change({ ...panel, open: true });
  else if (parsePlace(location.hash).at !== 'search') goTo({ at: 'search' });
}

export function closeSearch(): void {
  change({ open: false, query: '' });
  if (parsePlace(location.hash).at === 'search') goBack();
}

function change(next: SearchPanel): void {
  panel = next;
  for (const listener of listeners) listener();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
