import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { searchableText } from '@heliogram/content';
import { type Entry, EntryKind, EntrySchema, RevisionSchema } from '@heliogram/protocol';
import { messageIdBytes } from '../posts/compose-post.ts';
import type { CachedEntry } from '../store/entry-port.ts';
import { msOf } from '../timestamps.ts';

/** An entry as the store keeps it. */
export function toCached(entry: Entry): CachedEntry {
  const { seq, kind, sentAt } = entry;
  const encoded = toBinary(EntrySchema, entry);
  return { seq, kind, sentAt: msOf(sentAt), encoded, text: textOf(entry) };
}

/** Undefined for bytes of another version, which are read anew then. */
export function fromCached({ encoded }: CachedEntry): Entry | undefined {
  try {
    return fromBinary(EntrySchema, encoded);
  } catch {
    return undefined;
  }
}

/** A post after an entry of the log that changes it, as the server itself would fold it in. */
export function fold(post: Entry, by: Entry): Entry {
  if (by.kind === EntryKind.REDACTION) return withoutContent(post);
  const isNewer = by.seq > (post.revision?.seq ?? 0);
  if (by.kind !== EntryKind.EDIT || post.redacted || !isNewer || by.payload.byteLength === 0) {
    return post;
  }
  const { seq, payload, sentAt } = by;
  const revision = create(RevisionSchema, { seq, payload, ...(sentAt && { editedAt: sentAt }) });
  return create(EntrySchema, { ...post, revision });
}

/** Of two versions of an entry the one that saw more of the log; counters are those of the second. */
export function laterOf(known: Entry, read: Entry): Entry {
  const isBehind =
    (known.redacted && !read.redacted) || (known.revision?.seq ?? 0) > (read.revision?.seq ?? 0);
  if (!isBehind || read.redacted) return read;
  return read.counters ? create(EntrySchema, { ...known, counters: read.counters }) : known;
}

function withoutContent(post: Entry): Entry {
  const contentId = post.contentId.byteLength > 0 ? post.contentId : messageIdBytes(post.payload);
  const { seq, kind, sentAt, targetSeq, silent } = post;
  const rest = { seq, kind, sentAt, targetSeq, silent };
  return create(EntrySchema, { ...rest, redacted: true, contentId });
}

function textOf({ kind, payload, revision, redacted, takenDownReason }: Entry): string {
  if (kind !== EntryKind.POST || redacted || takenDownReason !== '') return '';
  return searchableText(revision?.payload ?? payload);
}
