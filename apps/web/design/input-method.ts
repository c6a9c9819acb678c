/** What is asked of a key event. */
type KeyFacts = Pick<KeyboardEvent, 'isComposing' | 'keyCode'>;

/** What browsers give as the code of a key that an input method took. */
const takenByInputMethod = 229;

/**
 * Whether a key belongs to an input method, as for Japanese, Chinese and Korean: Enter then takes the word
 * and Escape drops it. Safari ends the composition before it tells of that key; only the code says so.
 */
export function isInputMethodKey({ isComposing, keyCode }: KeyFacts): boolean {
  return isComposing || keyCode === takenByInputMethod;
}

/**
 * Keeps such keys from everything in the window that acts on keys: fields, lists, dialogs, shortcuts. Before
 * anything else listens. Returns what ends it.
 */
export function keepInputMethodKeys(target: EventTarget): () => void {
  const keep = (event: Event) => {
    const key = event as KeyboardEvent;
    if (!isInputMethodKey(key)) return;
    event.stopImmediatePropagation();
    // The composition is over, so nothing is taken from it: only a form would be sent.
    if (!key.isComposing && key.key === 'Enter') event.preventDefault();
  };
  target.addEventListener('keydown', keep, { capture: true });
  return () => target.removeEventListener('keydown', keep, { capture: true });
}
