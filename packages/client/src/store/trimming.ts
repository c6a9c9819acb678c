import type { CachedEntry, TrimBounds } from './entry-port.ts';
import { storeLimits } from './limits.ts';

/** Kept logs as the trimming sees them. */
export interface TrimmableLogs {
  /** Least recently used first. */
  uses(): readonly { readonly conversationId: string; readonly entries: number }[];
  totalBytes(): number;
  keepNewest(conversationId: string, count: number): void;
}

/** Long logs lose their beginning; then, while all is too much, those not used for longest shrink, then go. */
export function trimLogs(logs: TrimmableLogs, bounds: TrimBounds): void {
  const { maxEntriesPerConversation: most, maxBytes } = bounds;
  for (const { conversationId, entries } of logs.uses()) {
    if (entries > most) logs.keepNewest(conversationId, most);
  }
  for (const count of [Math.min(most, storeLimits.minEntriesPerConversation), 0]) {
    for (const { conversationId } of logs.uses()) {
      if (logs.totalBytes() <= maxBytes) return;
      logs.keepNewest(conversationId, count);
    }
  }
}

/** About what an entry takes, without its index: text counts by UTF-16 unit. */
export function entryBytes({ encoded, text }: CachedEntry): number {
  return encoded.byteLength + text.length;
}
