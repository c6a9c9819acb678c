import { useEffect } from 'react';
import { useTexts } from '../language/language.tsx';
import { useWatch } from './app.tsx';
import type { Place } from './place.ts';

/** The window's name in tabs and task bars: where one is, and whether something waits. */
export function useWindowTitle(place: Place): void {
  const texts = useTexts();
  const chats = useWatch('chats', null)?.chats ?? [];
  const id = 'conversationId' in place ? place.conversationId : undefined;
  const name = place.at === 'name' ? place.username : '';
  const chat = chats.find((each) => each.conversationId === id || (name && each.username === name));
  const where = chat?.title ?? placeTitle(place, texts);
  const waiting = chats.some((each) => each.unread > 0 && !each.muted);
  const title = where === '' ? texts.app.name : `${where} · ${texts.app.name}`;
  const shown = waiting ? `• ${title}` : title;
  useEffect(() => {
    document.title = shown;
  }, [shown]);
}

function placeTitle(place: Place, texts: ReturnType<typeof useTexts>): string {
  switch (place.at) {
    case 'directory':
      return texts.directory.title;
    case 'search':
      return texts.search.title;
    case 'settings':
      return texts.settings.title;
    case 'new-channel':
      return texts.management.newTitle;
    case 'sign-up':
      return texts.welcome.create;
    case 'sign-in':
      return texts.welcome.signIn;
    case 'name':
      return `@${place.username}`;
    default:
      return '';
  }
}
