import type { LogAnchor } from '../bridge/contract/log.ts';
import { type Kept, keptInTab } from './kept.ts';

/** Where somebody was reading: the first post in view, and how far its top stands above the view. */
export interface KeptPlace {
  readonly seq: number;
  readonly abovePx: number;
}

const keyOf = (conversationId: string): string => `place.${conversationId}`;

/** Undefined forgets it: a reader at the end returns to the end. */
export function keepPlace(
  conversationId: string,
  place: KeptPlace | undefined,
  kept: Kept = keptInTab,
): void {
  kept.set(keyOf(conversationId), place && JSON.stringify(place));
}

export function keptPlace(conversationId: string, kept: Kept = keptInTab): KeptPlace | undefined {
  try {
    const place: unknown = JSON.parse(kept.get(keyOf(conversationId)) ?? 'null');
    if (typeof place !== 'object' || place === null) return undefined;
    const { seq, abovePx }: Partial<Record<keyof KeptPlace, unknown>> = place;
    if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return undefined;
    return typeof abovePx === 'number' && Number.isFinite(abovePx) ? { seq, abovePx } : undefined;
  } catch {
    return undefined;
  }
}

export interface LogLink {
  readonly conversationId: string;
  readonly seq?: number | undefined;
}

/**
 * Where a log opens: at the post of a link, where somebody was reading in this tab, or where reading stopped.
 * A link that was read before, found again by going back or by a reload, gives way to where one was.
 */
export function anchorOf(
  { conversationId, seq }: LogLink,
  wasRead: boolean,
  kept: Kept = keptInTab,
): LogAnchor {
  const place = keptPlace(conversationId, kept);
  if (seq !== undefined && !(wasRead && place)) return { kind: 'post', seq };
  return place ? { kind: 'place', seq: place.seq } : { kind: 'unread' };
}
