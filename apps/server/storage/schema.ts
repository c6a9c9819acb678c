import type { Generated } from 'kysely';

/**
 * Rows as stored, the same for every database. Booleans are 0 or 1, times are milliseconds since the
 * epoch, ids that travel are lower-case hex. `account` and `conversation` are row ids of their tables.
 */
export interface Tables {
  accounts: AccountRow;
  usernames: UsernameRow;
  devices: DeviceRow;
  device_activity: DeviceActivityRow;
  device_statements: DeviceStatementRow;
  vaults: VaultRow;
  vault_locators: VaultLocatorRow;
  sign_up_invites: SignUpInviteRow;
  conversations: ConversationRow;
  own_logs: OwnLogRow;
  channels: ChannelRow;
  memberships: MembershipRow;
  read_marks: ReadMarkRow;
  view_deltas: ViewDeltaRow;
  view_blocks: ViewBlockRow;
  reactions: ReactionRow;
  reaction_counts: ReactionCountRow;
  pins: PinRow;
  channel_invites: ChannelInviteRow;
  join_requests: JoinRequestRow;
  scheduled_posts: ScheduledPostRow;
  channel_days: ChannelDayRow;
  log_usage: UsageRow;
  log_total: TotalRow;
  media: MediaRow;
  media_sizes: MediaSizeRow;
  media_usage: UsageRow;
  media_total: TotalRow;
  media_uses: MediaUseRow;
  media_claims: MediaClaimRow;
  moderation_actions: ModerationActionRow;
  push_subscriptions: PushSubscriptionRow;
  settings: SettingRow;
}

export interface AccountRow {
  id: Generated<number>;
  account_id: string;
  identity_key: Uint8Array;
  name: string;
  username: string | null;
  bio: string;
  avatar_media_id: string;
  created_at: number;
  invited_by: number | null;
  /** Why a moderator suspended it; null while it may act. */
  suspended_reason: string | null;
  /** Sign-up invites it may still create. */
  invites_left: number;
}

/** One namespace. Held by an account or a channel, or released and in quarantine. */
export interface UsernameRow {
  username: string;
  account: number | null;
  conversation: number | null;
  released_at: number | null;
  /** Whoever released it may take it back during quarantine. */
  released_by: number | null;
}

export interface DeviceRow {
  device_id: string;
  account: number;
  public_key: Uint8Array;
  name: string;
  created_at: number;
  revoked_at: number | null;
}

export interface DeviceActivityRow {
  device_id: string;
  /** To the minute. */
  last_active_at: number;
}

export interface DeviceStatementRow {
  account: number;
  number: number;
  statement: Uint8Array;
}

export interface VaultRow {
  account: number;
  revision: number;
  vault: Uint8Array;
}

export interface VaultLocatorRow {
  locator: string;
  account: number;
  lookup_key: Uint8Array;
}

export interface SignUpInviteRow {
  /** SHA-256 of the code, hex: the code itself is not kept. */
  code_hash: string;
  created_by: number | null;
  created_at: number;
  expires_at: number | null;
  uses_left: number;
}

export interface ConversationRow {
  id: Generated<number>;
  conversation_id: string;
  kind: number;
  created_at: number;
}

/** The conversation that holds an account's own state. */
export interface OwnLogRow {
  account: number;
  conversation: number;
}

/** Bytes of an author's payloads in all logs, or of an uploader's files. */
export interface UsageRow {
  account: number;
  bytes: number;
}

/** The one row of all accounts together. */
export interface TotalRow {
  bytes: number;
}

export interface ChannelRow {
  conversation: number;
  owner: number;
  title: string;
  username: string | null;
  description: string;
  avatar_media_id: string;
  unlisted: number;
  forbid_forwarding: number;
  sign_posts: number;
  no_index: number;
  forbid_reactions: number;
  /** Exact; shown only through subscribers_shown. */
  subscribers: number;
  subscribers_shown: number;
  taken_down_reason: string | null;
}

export interface MembershipRow {
  conversation: number;
  account: number;
  /** 1 subscriber, 2 admin, 3 owner. */
  role: number;
  /** Bits of AdminRights: 1 post, 2 edit, 4 delete, 8 invite, 16 manage. */
  rights: number;
  /** Whether it counts as a subscriber: an owner or admin may follow or not. */
  follows: number;
  muted: number;
  /** Head of the log when it began to follow: older entries are not unread. */
  from_seq: number;
  joined_at: number;
}

/** How far an account has read; also of accounts that do not follow, then purged after 30 days. */
export interface ReadMarkRow {
  conversation: number;
  account: number;
  seq: number;
  updated_at: number;
}

/** Difference array of view counts: views of a seq are the sum of deltas up to it. */
export interface ViewDeltaRow {
  conversation: number;
  seq: number;
  delta: number;
}

/** Sums of view_deltas over blocks of 1,024 seqs. */
export interface ViewBlockRow {
  conversation: number;
  block: number;
  delta: number;
}

export interface ReactionRow {
  conversation: number;
  seq: number;
  account: number;
  emoji: string;
}

export interface ReactionCountRow {
  conversation: number;
  seq: number;
  emoji: string;
  count: number;
}

export interface PinRow {
  conversation: number;
  seq: number;
  pinned_at: number;
}

export interface ChannelInviteRow {
  invite_id: string;
  conversation: number;
  token: string;
  created_by: number;
  created_at: number;
  expires_at: number | null;
  use_limit: number;
  uses: number;
  /** Uses at the start of the interval in which they last changed, and when that was. */
  uses_before: number;
  uses_changed_at: number;
  approval: number;
}

export interface JoinRequestRow {
  conversation: number;
  account: number;
  invite_id: string;
  requested_at: number;
}

export interface ScheduledPostRow {
  scheduled_id: string;
  conversation: number;
  author: number;
  at: number;
  append_id: Uint8Array;
  payload: Uint8Array;
  silent: number;
  failure_code: string | null;
  failure_message: string | null;
}

export interface ChannelDayRow {
  conversation: number;
  /** "2026-11-23", UTC. */
  day: string;
  followed: number;
  left: number;
  posts: number;
  views: number;
}

export interface MediaRow {
  media_id: string;
  account: number;
  /** 1 uploading, 2 checking, 3 ready, 4 rejected. */
  state: number;
  shape: number;
  media_type: string;
  size: number;
  name: string;
  /** SHA-256 of the stored bytes, hex: the file's name on disk. */
  content_hash: string;
  width: number;
  height: number;
  blur: string;
  /** SHA-256 of the thumbnail's bytes, hex; empty without one. */
  thumbnail_hash: string;
  created_at: number;
  /** Bytes to come by upload; `size` is what is kept of them. */
  upload_size: number;
  /** SHA-256 of the upload's ticket, hex: the ticket itself is not kept. */
  ticket_hash: string;
  /** Why it was rejected, as a sentence; empty otherwise. */
  refusal: string;
  /** Since when nothing shows it; null while something does. */
  unused_since: number | null;
  /** Whether a post names it by its hash, as clients did that knew no media ids. */
  named_by_hash: number;
  /** Whether it is kept as a file where it cannot be shown. */
  fall_back: number;
  /** Why that became of it, as in the contract; 0 otherwise. */
  file_reason: number;
}

/** A smaller still of a photo: its width, or `preview`. */
export interface MediaSizeRow {
  media_id: string;
  name: string;
  /** SHA-256 of its bytes, hex: the file's name on disk. */
  hash: string;
}

/** What keeps a file alive: an entry's attachment, or an avatar (seq 0). */
export interface MediaUseRow {
  media_id: string;
  conversation: number;
  seq: number;
}

/** Admitted to a conversation, and not yet known under which seq it stands. */
export interface MediaClaimRow {
  media_id: string;
  conversation: number;
  claimed_at: number;
}

export interface ModerationActionRow {
  id: Generated<number>;
  at: number;
  action: string;
  subject: string;
  seq: number;
  reason: string;
}

/** Where a device is woken by Web Push. */
export interface PushSubscriptionRow {
  device_id: string;
  account: number;
  endpoint: string;
  /** An uncompressed point of P-256. */
  p256dh: Uint8Array;
  auth: Uint8Array;
  created_at: number;
}

export interface SettingRow {
  key: string;
  value: string;
}
