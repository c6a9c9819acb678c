/** Bounds of an account's own state. Units are in the names. */
export const ownStateLimits = {
  maxRegisters: 1_000,
  /** Of all values together, UTF-8: said again in full they fit into one call. */
  maxBytes: 458_752,
  maxKindCharacters: 32,
  maxScopeCharacters: 128,
  /** A clock beyond it is no time. */
  maxClock: 2 ** 52,
  /** Entries since the last that covered what was before it: one more call then covers anew. */
  coverAfterEntries: 64,
  /** What was taken away is remembered so long: a device that was away for longer may bring it back. */
  forgetTakenAwayAfterMs: 7_776_000_000,
  /** A change waits so long for the next one. */
  sendAfterMs: 1_500,
} as const;
