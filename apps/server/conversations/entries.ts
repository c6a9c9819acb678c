import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { CountersSchema, EntrySchema } from '@heliogram/protocol';
import type { StoredEntry } from '../storage/port.ts';

const NO_BYTES = new Uint8Array();

/** An entry as readers see it: never its unsigned author, never a withheld payload. */
export function entryForReaders(
  stored: StoredEntry,
  counters?: MessageInitShape<typeof CountersSchema>,
): MessageInitShape<typeof EntrySchema> {
  const withheld = stored.takenDownReason !== null;
  return {
    seq: stored.seq,
    kind: stored.kind,
    sentAt: timestampFromMs(stored.sentAt),
    payload: withheld ? NO_BYTES : (stored.payload ?? NO_BYTES),
    targetSeq: stored.targetSeq,
    silent: stored.silent,
    redacted: stored.redacted,
    contentId: stored.tombstone ?? NO_BYTES,
    takenDownReason: stored.takenDownReason ?? '',
    ...(stored.revision && !withheld ? { revision: revisionForReaders(stored.revision) } : {}),
    ...(counters ? { counters } : {}),
  };
}

function revisionForReaders(revision: NonNullable<StoredEntry['revision']>) {
  return {
    seq: revision.seq,
    payload: revision.payload,
    editedAt: timestampFromMs(revision.editedAt),
  };
}
