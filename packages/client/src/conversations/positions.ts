/**
 * How far a log is known: a seq, and when the entry there was sent. The two name the entry also across a
 * restore from a backup, after which the log has other entries, sent later, at the seqs that it lost.
 */
export interface Position {
  readonly seq: number;
  /** Milliseconds since the epoch, the server's clock; undefined: not known. */
  readonly sentAt?: number | undefined;
}

/** The last positions that were delivered, ascending. */
export type RecentPositions = readonly { readonly seq: number; readonly sentAt: number }[];

/** So many are remembered at least. A restore that goes back further is traced by time. */
const minRecentPositions = 256;

export function remember(
  recent: RecentPositions,
  ...positions: readonly Position[]
): RecentPositions {
  const timed = positions.flatMap(({ seq, sentAt }) =>
    seq > 0 && sentAt !== undefined ? [{ seq, sentAt }] : [],
  );
  const all = [...recent.filter(({ seq }) => seq < (timed[0]?.seq ?? 0)), ...timed];
  return all.length > 2 * minRecentPositions ? all.slice(-minRecentPositions) : all;
}

/**
 * The last of these entries of a log that was delivered before: remembered as sent at that time, or, of
 * those older than what is remembered, sent no later than the last one that was delivered.
 */
export function knownUpTo(
  entries: readonly Position[],
  { cursor, recent }: { readonly cursor: number; readonly recent: RecentPositions },
): Position | undefined {
  const times = new Map(recent.map(({ seq, sentAt }) => [seq, sentAt]));
  const lastSentAt = recent.at(-1)?.sentAt ?? Number.POSITIVE_INFINITY;
  return entries.findLast(({ seq, sentAt = 0 }) => {
    if (seq > cursor) return false;
    const known = times.get(seq);
    return known === undefined ? sentAt <= lastSentAt : known === sentAt;
  });
}
