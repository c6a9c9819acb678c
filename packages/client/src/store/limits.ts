/** Bounds of what a device keeps. Units are in the names. */
export const storeLimits = {
  /** Of one conversation: newer entries push older ones out. */
  maxEntriesPerConversation: 20_000,
  /** Of all entries together. */
  maxCachedBytes: 268_435_456,
  /** What stays of a conversation that was not opened for long, before it goes whole. */
  minEntriesPerConversation: 50,
  maxRangeEntries: 500,
  maxSearchHits: 100,
  maxDraftCharacters: 65_536,
  maxDraftAttachments: 10,
  maxUnsettledListed: 1_000,
} as const;
