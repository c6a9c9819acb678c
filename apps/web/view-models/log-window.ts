import type { LogEvent, LogFrame, PostView } from '../bridge/contract/log.ts';
import type { FailureView } from '../bridge/contract/session.ts';

/** The part of a log that this window holds. Immutable; posts ascend by seq. */
export interface LogWindow {
  /** Grows with each opening: what was scrolled to before is void. */
  readonly generation: number;
  readonly frame: LogFrame;
  readonly posts: readonly PostView[];
  /** Where to begin reading; absent: at the end. */
  readonly at?: { readonly seq: number; readonly reason: 'unread' | 'post' | 'place' };
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
