import type { LogEvent, LogFrame, PostView } from '../bridge/contract/log.ts';
import type { FailureView } from '../bridge/contract/session.ts';

/** The part of a log that this window holds. Immutable; posts ascend by seq. */
export interface LogWindow {
  /** Grows with each opening: what was scrolled to before is void. */
  readonly generation: number;
  readonly frame: LogFrame;
  readonly posts: readonly PostView[];
  /** Where to begin reading; absent: at the end. */
  readonly at?: { readonly seq: number; readonly reason: 'unread' | 'post' };
  /** The last step could not be done; what is here stays readable. */
  readonly failure?: FailureView;
}

export type LogState =
  | { readonly state: 'opening'; readonly generation: number }
  | { readonly state: 'failed'; readonly generation: number; readonly failure: FailureView }
  | ({ readonly state: 'ready' } & LogWindow);

export const openingLog: LogState = { state: 'opening', generation: 0 };

type Change = Extract<LogEvent, { readonly kind: 'changed' }>;

export function applyLogEvent(state: LogState, event: LogEvent): LogState {
  if (event.kind === 'opened') {
    const { frame, posts, at } = event;
    const generation = state.generation + 1;
    return { state: 'ready', generation, frame, posts, ...(at ? { at } : {}) };
  }
  if (event.kind === 'failed') {
    const { failure } = event;
    if (state.state === 'ready') return { ...state, failure };
    return { state: 'failed', generation: state.generation, failure };
  }
  if (state.state !== 'ready') return state;
  const { failure: _, ...healthy } = state;
  return { ...healthy, frame: event.frame, posts: mergePosts(state.posts, event) };
}

/** Which end of the list grew or shrank: a list can hold its place at one end at a time. */
export type Side = 'none' | 'start' | 'end' | 'both';

export function changedSide(before: LogState, after: LogState): Side {
  if (before.state !== 'ready' || after.state !== 'ready') return 'none';
  if (before.generation !== after.generation) return 'none';
  const start =
    before.posts[0]?.seq !== after.posts[0]?.seq || before.frame.hasOlder !== after.frame.hasOlder;
  const end =
    before.posts.at(-1)?.seq !== after.posts.at(-1)?.seq ||
    before.frame.outgoing.length !== after.frame.outgoing.length;
  if (start && end) return 'both';
  if (start) return 'start';
  return end ? 'end' : 'none';
}

/** The event as steps that each change one end only. */
export function stepsOf(state: LogState, event: LogEvent): readonly LogEvent[] {
  if (event.kind !== 'changed' || state.state !== 'ready' || state.posts.length === 0) {
    return [event];
  }
  if (changedSide(state, applyLogEvent(state, event)) !== 'both') return [event];
  return splitAtStart(state, event);
}

function splitAtStart(state: LogWindow, event: Change): readonly LogEvent[] {
  const first = state.posts[0]?.seq ?? 0;
  const last = state.posts.at(-1)?.seq ?? 0;
  const gone = new Set(event.removed);
  const keptFirst = state.posts.find(({ seq }) => !gone.has(seq))?.seq ?? last;
  const atStart = (seq: number) => seq < first || (seq < keptFirst && gone.has(seq));
  const { outgoing } = state.frame;
  const start: Change = {
    ...event,
    frame: { ...event.frame, hasNewer: state.frame.hasNewer, outgoing },
    upserted: event.upserted.filter(({ seq }) => atStart(seq)),
    removed: event.removed.filter(atStart),
  };
  const rest: Change = {
    ...event,
    upserted: event.upserted.filter(({ seq }) => !atStart(seq)),
    removed: event.removed.filter((seq) => !atStart(seq)),
  };
  return [start, rest];
}

function mergePosts(
  posts: readonly PostView[],
  { upserted, removed }: Pick<Change, 'upserted' | 'removed'>,
): readonly PostView[] {
  if (upserted.length === 0 && removed.length === 0) return posts;
  if (removed.length === 0 && ascends([...posts.slice(-1), ...upserted])) {
    return [...posts, ...upserted];
  }
  const bySeq = new Map(posts.map((post) => [post.seq, post]));
  for (const seq of removed) bySeq.delete(seq);
  for (const post of upserted) bySeq.set(post.seq, post);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** What arrives stands at the end, and it arrives oftener than anything else happens. */
function ascends(posts: readonly PostView[]): boolean {
  return posts.every(({ seq }, i) => seq > (posts[i - 1]?.seq ?? 0));
}
