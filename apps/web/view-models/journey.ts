import type { Call } from './app.tsx';
import { type Kept, keptInTab } from './kept.ts';
import { type Place, parsePlace, placeLink } from './place.ts';

export type FollowTarget = { readonly conversationId: string } | { readonly inviteToken: string };

/** Where somebody was going when an account was asked of them. */
export interface Journey {
  readonly to: Place;
  /** They had pressed "Follow" there. */
  readonly follow?: FollowTarget;
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

function followOf(value: unknown): FollowTarget | undefined {
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
    if (requested) rememberRequest(journey.follow, conversationId, kept);
    return requested ? journey.to : { at: 'chat', conversationId };
  } catch {
    return journey.to;
  }
}

/** Asked to join by an invite: its page knows the channel as long as this tab stands. */
export function rememberRequest(
  target: FollowTarget,
  conversationId: string,
  kept: Kept = keptInTab,
): void {
  if ('inviteToken' in target) kept.set(`requested.${target.inviteToken}`, conversationId);
}

/** The channel that was asked for by this invite. */
export function requestedBy(token: string, kept: Kept = keptInTab): string | undefined {
  return kept.get(`requested.${token}`);
}
