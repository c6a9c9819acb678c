import type { SessionView } from '../bridge/contract/session.ts';

/** `came`: just now, by sign-up or sign-in. `back`: the app was opened by who was here before. */
export type Passage = 'came' | 'back' | 'left';

/** What becomes of who is here between two states of the session. */
export function passageOf(
  before: SessionView['phase'],
  now: SessionView['phase'],
): Passage | undefined {
  if (before === now) return undefined;
  if (now === 'signed-in') return before === 'starting' ? 'back' : 'came';
  return before === 'signed-in' && now === 'signed-out' ? 'left' : undefined;
}
