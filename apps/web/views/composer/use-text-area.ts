import { useEffect, useRef } from 'react';
import {
  type Edited,
  insertLink,
  insertText,
  isWebAddress,
} from '../../view-models/composer-formatting.ts';
import type { ComposerModel } from '../../view-models/composer-model.ts';
import type { ComposerState } from '../../view-models/composer-state.ts';

/** The text being written, with its selection, for whatever changes it from outside. */
export interface WritingPlace {
  readonly attach: (area: HTMLTextAreaElement | null) => void;
  readonly change: (edit: (edited: Edited) => Edited) => void;
  readonly insert: (text: string) => void;
  readonly link: (url: string) => void;
  /** False: it is no address, or nothing is selected. */
  readonly pasteAddress: (text: string) => boolean;
  readonly focus: () => void;
}

export function useTextArea(model: ComposerModel, state: ComposerState): WritingPlace {
  const area = useRef<HTMLTextAreaElement | null>(null);
  useEffect(() => {
    if (state.focusAsked === 0) return;
    const element = area.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [state.focusAsked]);
  const change = (edit: (edited: Edited) => Edited) => {
    const element = area.current;
    if (!element) return;
    const { value: text, selectionStart: start, selectionEnd: end } = element;
    write(element, edit({ text, start, end }));
    model.write(element.value);
  };
  return {
    attach: (element) => {
      area.current = element;
    },
    change,
    insert: (text) => change((edited) => insertText(edited, text)),
    link: (url) => change((edited) => insertLink(edited, url.trim())),
    pasteAddress: (text) => {
      const element = area.current;
      const selects = element !== null && element.selectionStart !== element.selectionEnd;
      if (!selects || !isWebAddress(text)) return false;
      change((edited) => insertLink(edited, text.trim()));
      return true;
    },
    focus: () => area.current?.focus(),
  };
}

/** Types the difference, as a hand would, so that the browser's undo takes it back. */
function write(element: HTMLTextAreaElement, { text, start, end }: Edited): void {
  const before = element.value;
  element.focus();
  let from = 0;
  while (from < before.length && before[from] === text[from]) from++;
  let tail = 0;
  const most = Math.min(before.length, text.length) - from;
  while (tail < most && before.at(-1 - tail) === text.at(-1 - tail)) tail++;
  const typed = text.slice(from, text.length - tail);
  element.setSelectionRange(from, before.length - tail);
  const done = document.execCommand(typed === '' ? 'delete' : 'insertText', false, typed);
  if (!done) element.setRangeText(typed, from, before.length - tail, 'end');
  element.setSelectionRange(start, end);
}
