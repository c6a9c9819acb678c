import { useWatch } from '../../view-models/app.tsx';
import type { Layout } from '../../view-models/layout.ts';
import { neighbour } from '../../view-models/neighbours.ts';
import { type Place, parentOf } from '../../view-models/place.ts';
import { openSearch } from '../../view-models/search-panel.ts';
import { useShortcuts } from '../../view-models/shortcuts.ts';
import { goTo, goUpTo } from '../../view-models/way-back.ts';

/** What the keys that work everywhere do. */
export function useGlobalShortcuts(place: Place, layout: Layout, onHelp: () => void): void {
  const chats = useWatch('chats', null)?.chats ?? [];
  const stepTo = (step: 1 | -1) => {
    const ids = chats.map((chat) => chat.conversationId);
    const next = neighbour(ids, 'conversationId' in place ? place.conversationId : undefined, step);
    if (next) goTo({ at: 'chat', conversationId: next });
  };
  useShortcuts((shortcut) => {
    switch (shortcut) {
      case 'search':
        openSearch(layout);
        document.getElementById('search')?.querySelector('input')?.focus();
        return;
      case 'help':
        onHelp();
        return;
      case 'back':
        if (place.at !== 'chats') goUpTo(parentOf(place));
        return;
      case 'next-chat':
        stepTo(1);
        return;
      case 'previous-chat':
        stepTo(-1);
        return;
    }
  });
}
