import type { Entry } from '@heliogram/protocol';

/**
 * Following one log as a pure machine: every entry after the cursor is delivered once and in order,
 * whatever the network drops, repeats or reorders. Pushed entries that leave a gap wait until a read
 * has filled it.
 */
export interface FollowState {
  /** All entries up to here were delivered; null until the first subscription says where the log ends. */
  readonly cursor: number | null;
  /** Known end of the log. */
  readonly head: number;
  /** Pushed entries beyond a gap, by seq. */
  readonly ahead: ReadonlyMap<number, Entry>;
  readonly reading: boolean;
  readonly subscribed: boolean;
  /** The consumer is behind: pushes only move the head, and are read when it has caught up. */
  readonly congested: boolean;
  readonly announced: boolean;
}

export type FollowEvent =
  | { readonly type: 'subscribed'; readonly head: number; readonly backlog: readonly Entry[] }
  | { readonly type: 'pushed'; readonly entry: Entry }
  | { readonly type: 'lag'; readonly head: number }
  | { readonly type: 'page'; readonly entries: readonly Entry[]; readonly head: number }
  | { readonly type: 'read-failed' }
  | { readonly type: 'retry' }
  | { readonly type: 'disconnected' }
  | { readonly type: 'congested' }
  | { readonly type: 'relieved' };

export type FollowEffect =
  | { readonly type: 'deliver'; readonly entries: readonly Entry[] }
  | { readonly type: 'read'; readonly afterSeq: number }
  /** Live for the first time: everything after `head` will be delivered as it comes. */
  | { readonly type: 'live'; readonly head: number };

/** Entries held beyond a gap; more are dropped and read again. */
export const maxEntriesAhead = 1_024;

export function startFollowing(afterSeq: number | null): FollowState {
  return {
    cursor: afterSeq,
    head: afterSeq ?? 0,
    ahead: new Map(),
    reading: false,
    subscribed: false,
    congested: false,
    announced: false,
  };
}

type Step = readonly [FollowState, readonly FollowEffect[]];

export function stepFollow(state: FollowState, event: FollowEvent): Step {
  switch (event.type) {
    case 'subscribed':
      return subscribed(state, event);
    case 'pushed':
      return pushed(state, event.entry);
    case 'lag':
      return heal({ ...state, head: Math.max(state.head, event.head) }, []);
    case 'page':
      return page(state, event);
    case 'read-failed':
      return [{ ...state, reading: false }, []];
    case 'retry':
      return heal(state, []);
    case 'disconnected':
      return [{ ...state, subscribed: false, reading: false }, []];
    case 'congested':
      return [{ ...state, congested: true, ahead: new Map() }, []];
    case 'relieved':
      return heal({ ...state, congested: false }, []);
  }
}

function subscribed(
  state: FollowState,
  { head, backlog }: { readonly head: number; readonly backlog: readonly Entry[] },
): Step {
  const known = state.cursor ?? head;
  const live: FollowEffect[] = state.announced ? [] : [{ type: 'live', head }];
  const next = {
    ...state,
    cursor: known,
    head: Math.max(state.head, head),
    subscribed: true,
    announced: true,
  };
  // A log that ends before what was delivered is another log under the same name: nothing is replayed.
  return take(next, backlog, live);
}

function pushed(state: FollowState, entry: Entry): Step {
  // A push can overtake the answer to the subscription; where the cursor starts is told by the answer.
  const head = Math.max(state.head, entry.seq);
  if (state.cursor === null) return [{ ...state, ahead: hold(state.ahead, entry), head }, []];
  if (state.congested) return [{ ...state, head }, []];
  return take({ ...state, head }, [entry], []);
}

function page(
  state: FollowState,
  { entries, head }: { readonly entries: readonly Entry[]; readonly head: number },
): Step {
  const cursor = state.cursor ?? 0;
  const fresh = entries.filter(({ seq }) => seq > cursor);
  // Pushes were faster than the read: what is beyond them may still be missing.
  if (fresh.length === 0 && entries.length > 0) return heal({ ...state, reading: false }, []);
  // The log has less than was announced: what is there was delivered, so nothing is missing.
  if (fresh.length === 0) return [{ ...state, reading: false, head: cursor, ahead: new Map() }, []];
  // The log's own answer is the truth: a number that it does not have is no gap.
  const last = fresh.at(-1)?.seq ?? cursor;
  const next = { ...state, reading: false, cursor: last, head: Math.max(state.head, head) };
  return take(next, [], [{ type: 'deliver', entries: fresh }]);
}

/** Delivers what continues the cursor, holds what lies beyond a gap and reads the gap. */
function take(
  state: FollowState,
  entries: readonly Entry[],
  before: readonly FollowEffect[],
): Step {
  let cursor = state.cursor ?? 0;
  let ahead = state.ahead;
  for (const entry of entries) if (entry.seq > cursor) ahead = hold(ahead, entry);
  const ready: Entry[] = [];
  for (let next = ahead.get(cursor + 1); next; next = ahead.get(cursor + 1)) {
    ready.push(next);
    cursor = next.seq;
  }
  const rest = new Map([...ahead].filter(([seq]) => seq > cursor));
  const delivery: FollowEffect[] = ready.length > 0 ? [{ type: 'deliver', entries: ready }] : [];
  return heal({ ...state, cursor, ahead: rest }, [...before, ...delivery]);
}

function hold(ahead: ReadonlyMap<number, Entry>, entry: Entry): ReadonlyMap<number, Entry> {
  return ahead.size >= maxEntriesAhead ? ahead : new Map(ahead).set(entry.seq, entry);
}

function heal(state: FollowState, effects: readonly FollowEffect[]): Step {
  const { cursor, head, subscribed: live, reading, congested } = state;
  if (cursor === null || cursor >= head || !live || reading || congested) return [state, effects];
  return [{ ...state, reading: true }, [...effects, { type: 'read', afterSeq: cursor }]];
}
