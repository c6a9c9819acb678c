import { type Entry, EntryKind } from '@heliogram/protocol';

/**
 * What is unread in one conversation, as pure state. The server's count is the rule (LOG-22): posts after the
 * read mark that still stand, by others. Here only what happened since is added to it; what cannot be told
 * from the log alone makes the count inexact, and the server is asked again.
 */
export interface UnreadCount {
  readonly readSeq: number;
  /** What the server counted, of the entries up to here. */
  readonly counted: { readonly unread: number; readonly headSeq: number };
  /** Posts that came after that, and stand. */
  readonly arrived: readonly number[];
  /** One's own posts of this device that came after that. */
  readonly own: readonly number[];
  /** False: the server has to be asked. */
  readonly exact: boolean;
}

/** As the server counts it. */
export interface CountedUnread {
  readonly headSeq: number;
  readonly readSeq: number;
  readonly unread: number;
}

/** Posts that are kept count of one by one; more are counted by the server. */
const maxArrived = 10_000;

export function unreadFrom({ headSeq, readSeq, unread }: CountedUnread): UnreadCount {
  return { readSeq, counted: { unread, headSeq }, arrived: [], own: [], exact: true };
}

export function unreadOf({ counted, arrived }: UnreadCount): number {
  return counted.unread + arrived.length;
}

/** The next entry of the log. `mayBeOwn`: another device of the account may have posted it. */
export function unreadWithEntry(count: UnreadCount, entry: Entry, mayBeOwn: boolean): UnreadCount {
  if (entry.seq <= count.counted.headSeq) return count;
  if (entry.kind === EntryKind.REDACTION) return withoutPost(count, entry.targetSeq);
  const isCounted = entry.kind === EntryKind.POST && !entry.redacted && entry.seq > count.readSeq;
  if (!isCounted || count.own.includes(entry.seq)) return count;
  // Who wrote an unsigned post only the server knows.
  if (mayBeOwn || count.arrived.length >= maxArrived) return { ...count, exact: false };
  return { ...count, arrived: [...count.arrived, entry.seq] };
}

function withoutPost(count: UnreadCount, seq: number): UnreadCount {
  const { arrived, counted, readSeq } = count;
  if (seq > counted.headSeq) return { ...count, arrived: arrived.filter((each) => each !== seq) };
  if (seq <= readSeq || counted.unread === 0) return count;
  // Most likely it was one of those counted; whether it was by somebody else the server knows.
  return { ...count, counted: { ...counted, unread: counted.unread - 1 }, exact: false };
}

/** This device posted it. */
export function unreadWithOwn(count: UnreadCount, seq: number): UnreadCount {
  if (seq <= count.counted.headSeq) return count;
  const arrived = count.arrived.filter((each) => each !== seq);
  return { ...count, arrived, own: [...count.own, seq].slice(-maxArrived) };
}

/** Read up to a seq that is in the log. */
export function unreadWithRead(count: UnreadCount, seq: number): UnreadCount {
  const { arrived, counted, readSeq } = count;
  if (seq <= readSeq) return count;
  const read = { ...count, readSeq: seq, arrived: arrived.filter((each) => each > seq) };
  if (seq >= counted.headSeq) return { ...read, counted: { ...counted, unread: 0 } };
  // How many of those that the server counted lie before the mark, the server knows.
  return { ...read, exact: counted.unread === 0 && count.exact };
}

/** What the server says now; it may not have heard yet of what was read or arrived here meanwhile. */
export function unreadAsCounted(count: UnreadCount, now: CountedUnread): UnreadCount {
  if (now.headSeq < count.counted.headSeq) return count;
  const after = (seqs: readonly number[]) => seqs.filter((seq) => seq > now.headSeq);
  const fresh = {
    ...unreadFrom(now),
    arrived: after(count.arrived),
    own: after(count.own),
  };
  return unreadWithRead(fresh, count.readSeq);
}

/** The log went back to `toSeq`. */
export function unreadWithRewind(count: UnreadCount, toSeq: number): UnreadCount {
  const { counted } = count;
  const upTo = (seqs: readonly number[]) => seqs.filter((seq) => seq <= toSeq);
  return {
    readSeq: Math.min(count.readSeq, toSeq),
    counted: { ...counted, headSeq: Math.min(counted.headSeq, toSeq) },
    arrived: upTo(count.arrived),
    own: upTo(count.own),
    exact: false,
  };
}
