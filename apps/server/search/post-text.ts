import { searchableText as textOf } from '@heliogram/content';
import { EntryKind } from '@heliogram/protocol';
import type { StoredEntry } from '../storage/port.ts';

/** What of an entry can be found: the newest text as people read it, and names of files. */
export function searchableText(entry: StoredEntry): string | undefined {
  const { kind, payload, redacted, revision, takenDownReason } = entry;
  if (kind !== EntryKind.POST || redacted || takenDownReason !== null || !payload) return undefined;
  // Content that cannot be read was never admitted; a damaged one must not stop the rest.
  const text = textOf(Uint8Array.from(revision?.payload ?? payload));
  return text === '' ? undefined : text;
}
