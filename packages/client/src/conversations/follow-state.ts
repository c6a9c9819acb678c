import type { Entry } from '@heliogram/protocol';
import { msOf } from '../timestamps.ts';
import { knownUpTo, type Position, type RecentPositions, remember } from './positions.ts';

/**
 * Following one log as a pure machine: every entry after the cursor is delivered once and in order,
 * whatever the network drops, repeats or reorders. Pushed entries that leave a gap wait until a read
 * has filled it. A log that was restored from a backup is traced back to the last entry that both know.
 */
export interface FollowState {
  /** All entries up to here were delivered; null until the first subscription says where the log ends. */
  readonly cursor: number | null;
  /** What was known of the log from before; compared once, when the first subscription says where it ends. */
  readonly known: Position | null;
  /** When the last delivered entries were sent; its last one is the cursor, where that is known. */
  readonly recent: RecentPositions;
  /** Known end of the log, as this connection told it. */
  readonly head: number;
  /** Pushed entries beyond a gap, by seq. */
  readonly ahead: ReadonlyMap<number, Entry>;
  readonly reading: boolean;
  /** Looking for the last entry that the restored log shares with what was delivered. */
  readonly tracing: boolean;
  readonly subscribed: boolean;
  /** The consumer is behind: pushes only move the head, and are read when it has caught up. */
  readonly congested: boolean;
  readonly announced: boolean;
}

export type FollowEvent =
  | {
      readonly type: 'subscribed';
      readonly head: Position;
      readonly backlog: readonly Entry[];
      /** The log no longer has the entry at the cursor. */
      readonly rewound?: boolean;
    }
  | { readonly type: 'pushed'; readonly entry: Entry }
  | { readonly type: 'lag'; readonly head: number }
  | { readonly type: 'page'; readonly entries: readonly Entry[]; readonly head: number }
  /** What a `trace` has read, ascending. */
  | { readonly type: 'traced'; readonly entries: readonly Entry[]; readonly more: boolean }
  | { readonly type: 'read-failed' }
  | { readonly type: 'retry' }
  | { readonly type: 'disconnected' }
  | { readonly type: 'congested' }
  | { readonly type: 'relieved' };

export type FollowEffect =
  | { readonly type: 'deliver'; readonly entries: readonly Entry[] }
  | { readonly type: 'read'; readonly afterSeq: number }
  /** Read the entries before this one, the last of them. */
  | { readonly type: 'trace'; readonly beforeSeq: number }
  /** What was delivered after `toSeq`, up to `fromSeq`, is no longer in the log. */
  | { readonly type: 'rewound'; readonly fromSeq: number; readonly toSeq: number }
  /** Live for the first time: everything after `head` will be delivered as it comes. */
  | { readonly type: 'live'; readonly head: Position };

/** Entries held beyond a gap; more are dropped and read again. */
export const maxEntriesAhead = 1_024;

/** `after`: the last entry that is known. Null: begin at the end, and only compare what is `known`. */
export function startFollowing(after: Position | null, known: Position | null = null): FollowState {
  return {
    cursor: after?.seq ?? null,
    known,
    recent: after ? remember([], after) : [],
    head: 0,
    ahead: new Map(),
    reading: false,
    tracing: false,
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
    case 'traced':
      return traced(state, event);
    case 'read-failed':
      return [{ ...state, reading: false }, []];
    case 'retry':
      return heal(state, []);
    case 'disconnected':
      return [disconnected(state), []];
    case 'congested':
      return [{ ...state, congested: true, ahead: new Map() }, []];
    case 'relieved':
      return heal({ ...state, congested: false }, []);
  }
}

/** The next connection may lead to a log that was restored: nothing that waits is of it. */
function disconnected(state: FollowState): FollowState {
  const idle = { subscribed: false, reading: false, tracing: false };
  return { ...state, ...idle, head: 0, ahead: new Map() };
}

function subscribed(
  state: FollowState,
  event: Extract<FollowEvent, { readonly type: 'subscribed' }>,
): Step {
  const { head, backlog, rewound = false } = event;
  const cursor = state.cursor ?? head.seq;
  const startsHere = state.cursor === null || (cursor === head.seq && !rewound);
  const live: FollowEffect[] = state.announced ? [] : [{ type: 'live', head }];
  const next = {
    ...state,
    cursor,
    recent: startsHere ? remember(state.recent, head) : state.recent,
    head: Math.max(state.head, head.seq),
    known: null,
    subscribed: true,
    announced: true,
  };
  if (state.cursor === null && rewound)
    return take(next, [], [...live, restoredSince(state, head)]);
  return rewound ? trace({ ...next, tracing: true }, live) : take(next, backlog, live);
}

/** Where following begins at the end, nothing is traced: nobody knows how far back it went. */
function restoredSince({ known }: FollowState, head: Position): FollowEffect {
  const fromSeq = known?.seq ?? 0;
  return { type: 'rewound', fromSeq, toSeq: Math.min(fromSeq, head.seq) };
}

function pushed(state: FollowState, entry: Entry): Step {
  // A push can overtake the answer to the subscription, which tells where the cursor stands in this log.
  const head = Math.max(state.head, entry.seq);
  const waits = !state.subscribed || state.tracing;
  if (waits) return [{ ...state, ahead: hold(state.ahead, entry), head }, []];
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
  const next = { ...delivered(state, fresh), reading: false, head: Math.max(state.head, head) };
  return take(next, [], [{ type: 'deliver', entries: fresh }]);
}

function traced(
  state: FollowState,
  { entries, more }: { readonly entries: readonly Entry[]; readonly more: boolean },
): Step {
  if (!state.tracing) return [state, []];
  const cursor = state.cursor ?? 0;
  const positions = entries.map(positionOf);
  const shared = knownUpTo(positions, { cursor, recent: state.recent });
  if (!shared && more) return trace({ ...state, tracing: true }, [], positions[0]?.seq);
  // Where nothing is shared, everything that the log has is new.
  const toSeq = shared?.seq ?? Math.max(0, (positions[0]?.seq ?? 1) - 1);
  const kept = state.recent.filter(({ seq }) => seq < toSeq);
  const recent = shared ? remember(kept, shared) : [];
  const next = { ...state, cursor: toSeq, recent, reading: false, tracing: false };
  return take(next, [], [{ type: 'rewound', fromSeq: cursor, toSeq }]);
}

function trace(
  state: FollowState,
  effects: readonly FollowEffect[],
  beforeSeq = state.head + 1,
): Step {
  return [{ ...state, reading: true }, [...effects, { type: 'trace', beforeSeq }]];
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
  return heal({ ...delivered(state, ready), ahead: rest }, [...before, ...delivery]);
}

function delivered(state: FollowState, entries: readonly Entry[]): FollowState {
  const last = entries.at(-1);
  if (!last) return state;
  return { ...state, cursor: last.seq, recent: remember(state.recent, ...entries.map(positionOf)) };
}

function positionOf({ seq, sentAt }: Entry): Position {
  return { seq, sentAt: sentAt && msOf(sentAt) };
}

function hold(ahead: ReadonlyMap<number, Entry>, entry: Entry): ReadonlyMap<number, Entry> {
  return ahead.size >= maxEntriesAhead ? ahead : new Map(ahead).set(entry.seq, entry);
}

function heal(state: FollowState, effects: readonly FollowEffect[]): Step {
  const { cursor, head, subscribed: live, reading, congested, tracing } = state;
  if (tracing && live && !reading) return trace(state, effects);
  if (cursor === null || cursor >= head || !live || reading || congested) return [state, effects];
  return [{ ...state, reading: true }, [...effects, { type: 'read', afterSeq: cursor }]];
}
