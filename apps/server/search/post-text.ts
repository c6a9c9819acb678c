import { decodeContent, plainText, readContent } from '@heliogram/content';
import { EntryKind } from '@heliogram/protocol';
import type { StoredEntry } from '../storage/port.ts';

/** What of an entry can be found: the newest text as people read it, and names of files. */
export function searchableText(entry: StoredEntry): string | undefined {
  const { kind, payload, redacted, revision, takenDownReason } = entry;
  if (kind !== EntryKind.POST || redacted || takenDownReason !== null || !payload) return undefined;
  const text = textOf(revision?.payload ?? payload);
  return text === '' ? undefined : text;
}

/** Content that cannot be read was never admitted; a damaged one must not stop the rest. */
function textOf(payload: Uint8Array): string {
  try {
    const view = readContent(decodeContent(Uint8Array.from(payload)));
    if (view.kind !== 'post' && view.kind !== 'edit') return '';
    const text = view.format === 'markdown' ? plainText(view.text) : view.text;
    const names = view.attachments.flatMap(({ name, description }) => [name, description ?? '']);
    return [text, ...names].filter((line) => line !== '').join('\n');
  } catch {
    return '';
  }
}
