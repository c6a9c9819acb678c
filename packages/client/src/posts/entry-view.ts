import { fromBinary } from '@bufbuild/protobuf';
import {
  type Attachment,
  addresses,
  decodeContent,
  type ForwardedFrom,
  messageIdOf,
  parseHouseUri,
  qualifiedEmoji,
  readContent,
} from '@heliogram/content';
import { type Entry, EntryKind, NoteSchema } from '@heliogram/protocol';
import { toHex } from '../hex.ts';
import { msOf } from '../timestamps.ts';

/** An entry as it is read: a post with its edits folded in, or a note of the system. */
export interface EntryView {
  readonly conversationId: string;
  readonly seq: number;
  /** Content id of the post's first version, hex, kept when it is deleted; empty for notes and what is withheld. */
  readonly id: string;
  /** Milliseconds since the epoch, the server's clock. */
  readonly sentAt: number;
  readonly editedAt?: number;
  readonly deleted: boolean;
  /** Why a moderator withholds it. */
  readonly takenDownReason?: string;
  /** Of a signed post. */
  readonly authorId?: string;
  /** As typed, with line feeds as line ends. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Message id of what it answers, hex. */
  readonly replyTo?: string;
  /** Its seq. */
  readonly replyToSeq?: number;
  readonly forwardedFrom?: ForwardedFrom;
  readonly silent: boolean;
  readonly views?: number;
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
  readonly note?: NoteView;
  /** The content says something that this version cannot show. */
  readonly unsupported: boolean;
}

export type NoteView =
  | { readonly kind: 'renamed'; readonly title: string }
  | { readonly kind: 'pinned'; readonly seq: number }
  | { readonly kind: 'unpinned'; readonly seq: number }
  | { readonly kind: 'unknown' };

/** Reads an entry of a log. Never throws: what cannot be understood is said to be unsupported. */
export function viewEntry(conversationId: string, entry: Entry): EntryView {
  const { seq, sentAt, redacted, takenDownReason, counters, silent } = entry;
  const base = {
    conversationId,
    seq,
    id: toHex(entry.contentId),
    sentAt: msOf(sentAt),
    deleted: redacted,
    text: '',
    attachments: [],
    silent,
    reactions: reactionsOf(counters),
    unsupported: false,
    ...(takenDownReason !== '' && { takenDownReason }),
    ...(counters && { views: counters.views }),
  };
  if (entry.kind === EntryKind.NOTE) return { ...base, note: readNote(entry.payload) };
  if (redacted || takenDownReason !== '' || entry.payload.byteLength === 0) return base;
  const answers = entry.targetSeq > 0 && { replyToSeq: entry.targetSeq };
  return { ...base, ...readPost(conversationId, entry), ...answers };
}

/** Counters that were stored before emoji had one form name the same one twice (CNT-22). */
function reactionsOf(counters: Entry['counters']): EntryView['reactions'] {
  const counts = new Map<string, number>();
  for (const { emoji, count } of counters?.reactions ?? []) {
    const qualified = qualifiedEmoji(emoji);
    counts.set(qualified, (counts.get(qualified) ?? 0) + count);
  }
  return [...counts].map(([emoji, count]) => ({ emoji, count }));
}

type PostFields = Partial<EntryView>;

function readPost(conversationId: string, entry: Entry): PostFields {
  const original = readPayload(conversationId, entry.payload);
  const { revision } = entry;
  if (!revision) return original;
  const { text, attachments, unsupported } = readPayload(conversationId, revision.payload);
  const editedAt = msOf(revision.editedAt);
  return {
    ...original,
    editedAt,
    ...(text !== undefined && { text }),
    ...(attachments && { attachments }),
    ...(unsupported !== undefined && { unsupported }),
  };
}

function readPayload(conversationId: string, payload: Uint8Array): PostFields {
  try {
    const content = decodeContent(payload);
    const view = readContent(content);
    const id = toHex(messageIdOf(content, payload));
    const said = { id, ...authorOf(addresses(content), conversationId) };
    if (view.kind !== 'post' && view.kind !== 'edit') return { ...said, unsupported: true };
    const { text, attachments, replyTo, forwardedFrom } = view;
    return {
      ...said,
      text,
      attachments,
      unsupported: view.unsupportedParts > 0,
      ...(replyTo && { replyTo: toHex(replyTo) }),
      ...(forwardedFrom && { forwardedFrom }),
    };
  } catch {
    return { unsupported: true };
  }
}

/** Content made for another room says nothing here about who speaks. */
function authorOf(
  { senderUri, roomUri }: { readonly senderUri: string; readonly roomUri: string },
  conversationId: string,
): { readonly authorId?: string } {
  const room = parseHouseUri(roomUri);
  const sender = parseHouseUri(senderUri);
  const here = room?.kind === 'conversation' && room.conversationId === conversationId;
  return here && sender?.kind === 'account' ? { authorId: sender.accountId } : {};
}

function readNote(payload: Uint8Array): NoteView {
  try {
    const { what } = fromBinary(NoteSchema, payload);
    if (what.case === 'renamedTo') return { kind: 'renamed', title: what.value };
    if (what.case === 'pinnedSeq') return { kind: 'pinned', seq: what.value };
    if (what.case === 'unpinnedSeq') return { kind: 'unpinned', seq: what.value };
  } catch {
    // Falls through: a note of a later version.
  }
  return { kind: 'unknown' };
}

/** What encoded content says in text; empty for what is no post. */
export function textOfPayload(payload: Uint8Array): string {
  try {
    const view = readContent(decodeContent(payload));
    return view.kind === 'post' || view.kind === 'edit' ? view.text : '';
  } catch {
    return '';
  }
}
