/** With what a post is sent; the other makes a new line. */
export type SendBy = 'enter' | 'ctrl-enter';

interface Pressed {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  /** A word is being put together, as in Japanese: Enter takes it. */
  readonly composing: boolean;
}

/** Whether the keys pressed send. Fingers have a button for it: there Enter is a new line. */
export function sends(pressed: Pressed, sendBy: SendBy, touch: boolean): boolean {
  if (pressed.key !== 'Enter' || pressed.composing) return false;
  if (pressed.ctrl) return true;
  return sendBy === 'enter' && !touch && !pressed.shift;
}

export type Shortcut = 'bold' | 'italic' | 'strike' | 'code' | 'quote' | 'link';

const plain: Readonly<Record<string, Shortcut>> = {
  KeyB: 'bold',
  KeyI: 'italic',
  KeyE: 'code',
  KeyK: 'link',
};
const shifted: Readonly<Record<string, Shortcut>> = { KeyX: 'strike', Period: 'quote' };

/** By the place of the key, so that it is the same in every script. */
export function shortcutOf(pressed: {
  readonly code: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}): Shortcut | undefined {
  if (!pressed.ctrl || pressed.alt) return undefined;
  return (pressed.shift ? shifted : plain)[pressed.code];
}
