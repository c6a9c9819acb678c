import { useEffect, useRef } from 'react';

export type Shortcut = 'search' | 'help' | 'back' | 'next-chat' | 'previous-chat';

type Keys = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Which shortcut the keys are. `typing`: a text field has the focus, letters belong to it. */
export function shortcutOf(keys: Keys, typing: boolean): Shortcut | undefined {
  const command = keys.ctrlKey || keys.metaKey;
  // By the key's place too: on an Arabic keyboard it writes another letter.
  const isK = keys.key.toLowerCase() === 'k' || keys.code === 'KeyK';
  if (command && !keys.altKey && !keys.shiftKey && isK) return 'search';
  if (command) return undefined;
  if (keys.altKey && keys.key === 'ArrowDown') return 'next-chat';
  if (keys.altKey && keys.key === 'ArrowUp') return 'previous-chat';
  if (keys.altKey) return undefined;
  if (keys.key === 'Escape') return 'back';
  return (keys.key === '?' || keys.key === '؟') && !typing ? 'help' : undefined;
}

/** Listens for the shortcuts that work everywhere; whoever handled a key before is left alone. */
export function useShortcuts(act: (shortcut: Shortcut) => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const shortcut = shortcutOf(event, isTyping(event.target));
      if (!shortcut || isCovered()) return;
      event.preventDefault();
      latest.current(shortcut);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !/^(checkbox|radio|range|button)$/.test(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement;
}

// What lies over everything keeps its keys: dialogs, menus.
function isCovered(): boolean {
  return document.querySelector('dialog[open], [role="menu"]') !== null;
}
