/** What was read and when the server was told; marks go out at most once in `everyMs`. */
export interface ReadingState {
  readonly seen: number;
  readonly told: number;
  readonly toldAt: number;
}

export const unreadState: ReadingState = { seen: 0, told: 0, toldAt: Number.NEGATIVE_INFINITY };
export const readMarkEveryMs = 1_000;

/** A post was in view of somebody. */
export function sawUpTo(state: ReadingState, seq: number): ReadingState {
  return seq > state.seen ? { ...state, seen: seq } : state;
}

export interface ReadingStep {
  readonly state: ReadingState;
  /** Tell this now. */
  readonly mark?: number;
  /** Ask again after this many milliseconds. */
  readonly waitMs?: number;
}

export function stepReading(state: ReadingState, now: number): ReadingStep {
  if (state.seen <= state.told) return { state };
  const waitMs = state.toldAt + readMarkEveryMs - now;
  if (waitMs > 0) return { state, waitMs };
  return { state: { ...state, told: state.seen, toldAt: now }, mark: state.seen };
}
