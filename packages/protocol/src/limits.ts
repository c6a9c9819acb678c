/**
 * Every bound of the house that both sides must know. Sizes of single fields and requests stand in
 * the contract itself (`rules.proto`); these are the rest. Units are in the names.
 */
export const limits = {
  protocolVersion: { min: 1, max: 1 },
  /** Largest WebSocket message either side accepts. */
  maxFrameBytes: 1_114_112,
  maxSeq: 0xffff_ffff,
  maxPayloadBytes: 65_536,
  maxAppendBatch: 64,
  maxReadLimit: 500,
  defaultReadLimit: 50,
  /** A read answers at most this many payload bytes, but always one entry. */
  maxReadBytes: 1_048_576,
  /** A backlog that comes with the answer to subscribe. */
  maxBacklogEntries: 32,
  maxBacklogBytes: 65_536,
  maxSubscriptionsPerConnection: 2_000,
  maxRequestsInFlightPerConnection: 64,
  /** Bytes queued for a slow reader before its pushes turn into one lag notice. */
  maxConnectionBacklogBytes: 1_048_576,
  maxConnections: 100_000,
  /** Of this machine itself, which benches and proxies use for many. */
  maxLoopbackConnections: 50_000,
  /** Bytes of requests under way on one connection: beyond it the server reads no further. */
  maxRequestBytesInFlight: 2_097_152,
  helloTimeoutMs: 10_000,
  heartbeatMs: 30_000,
  maxTitleCharacters: 128,
  maxNameCharacters: 64,
  maxDescriptionCharacters: 1_000,
  maxBioCharacters: 280,
  username: { min: 5, max: 32 },
  /** A released username stays unavailable to others for so long. */
  usernameQuarantineDays: 365,
  maxDevices: 20,
  maxOwnedChannels: 500,
  maxFollowedChannels: 5_000,
  maxAdmins: 50,
  maxPins: 100,
  maxInvitesPerChannel: 100,
  maxJoinRequestsPerChannel: 10_000,
  maxScheduledPerChannel: 100,
  maxScheduleAheadDays: 366,
  /** Of an account's own state: what is not covered by a later entry yet. */
  ownState: { maxEntries: 512, maxBytes: 8_388_608 },
  maxReactionKinds: 24,
  maxAlbumItems: 10,
  maxUploadBytes: 2_147_483_648,
  maxOpenUploadsPerAccount: 20,
  challengeLifetimeMs: 120_000,
  sessionTokenLifetimeMs: 900_000,
  /** A device is woken at most so often. */
  pushIntervalMs: 60_000,
  /** The shown subscriber count changes at most so often. */
  subscriberCountIntervalMs: 60_000,
} as const;
