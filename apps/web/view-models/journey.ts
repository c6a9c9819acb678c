import type { Call } from './app.tsx';
import { type Kept, keptInTab } from './kept.ts';
import { type Place, parsePlace, placeLink } from './place.ts';

/** Where somebody was going when an account was asked of them. */
export interface Journey {
  readonly to: Place;
  /** They had pressed "Follow" there. */
  readonly follow?: { readonly conversationId: string } | { readonly inviteToken: string };
}

const key = 'journey';

export function beginJourney(journey: Journey, kept: Kept = keptInTab): void {
  const { to, follow } = journey;
  kept.set(key, JSON.stringify({ to: placeLink(to), follow }));
}

/** What was begun, if anything; it stays until `endJourney`. */
export function currentJourney(kept: Kept = keptInTab): Journey | undefined {
  const text = kept.get(key);
  if (text === undefined) return undefined;
  try {
    const { to, follow } = JSON.parse(text) as { to?: unknown; follow?: unknown };
    if (typeof to !== 'string') return undefined;
    const wish = followOf(follow);
    return { to: parsePlace(to), ...(wish && { follow: wish }) };
  } catch {
    return undefined;
  }
}

function followOf(value: unknown): Journey['follow'] {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('conversationId' in value && typeof value.conversationId === 'string') {
    return { conversationId: value.conversationId };
  }
  if ('inviteToken' in value && typeof value.inviteToken === 'string') {
    return { inviteToken: value.inviteToken };
  }
  return undefined;
}

/**
 * Brings somebody who now has an account to where they were going; `otherwise` is for those who were
 * going nowhere. What could not be followed is shown, so that they can try again there.
 */
export async function finishJourney(
  call: Call,
  otherwise: Place,
  kept: Kept = keptInTab,
): Promise<Place> {
  const journey = currentJourney(kept);
  kept.set(key, undefined);
  if (!journey) return otherwise;
  if (!journey.follow) return journey.to;
  try {
    const { conversationId, requested } = await call('follow', journey.follow);
    return requested ? journey.to : { at: 'chat', conversationId };
  } catch {
    return journey.to;
  }
}
