/**
 * The first layout. An entry's id is `conversation * 2^32 + seq`: one B-tree holds the log, each
 * conversation in order, and append ids are time-ordered, so that both grow at a few right edges.
 */
export const migration0001 = `
create table accounts (
  id integer primary key autoincrement, account_id text not null unique, identity_key blob not null,
  name text not null, username text, bio text not null, avatar_media_id text not null,
  created_at integer not null, invited_by integer, suspended_reason text, invites_left integer not null
) strict;
create index accounts_invited_by on accounts (invited_by);

create table usernames (
  username text primary key, account integer, conversation integer, released_at integer, released_by integer
) strict, without rowid;
create index usernames_released on usernames (released_at) where released_at is not null;
create index usernames_released_by on usernames (released_by) where released_by is not null;

create table devices (
  device_id text primary key, account integer not null, public_key blob not null, name text not null,
  created_at integer not null, revoked_at integer
) strict, without rowid;
create index devices_account on devices (account);

create table device_statements (
  account integer not null, number integer not null, statement blob not null,
  primary key (account, number)
) strict;

create table vaults (account integer primary key, revision integer not null, vault blob not null) strict;

create table vault_locators (locator text primary key, account integer not null, lookup_key blob not null)
  strict, without rowid;
create index vault_locators_account on vault_locators (account);

create table sign_up_invites (
  code_hash text primary key, created_by integer, created_at integer not null, expires_at integer,
  uses_left integer not null
) strict, without rowid;

create table conversations (
  id integer primary key autoincrement, conversation_id text not null unique, kind integer not null,
  created_at integer not null
) strict;

create table log_heads (
  conversation integer primary key, head_seq integer not null, posts integer not null
) strict;

create table entries (
  id integer primary key, kind integer not null, author integer, sent_at integer not null,
  append_id blob not null, target_seq integer not null, silent integer not null, signed integer not null, payload blob,
  revision_seq integer, redacted integer not null default 0, taken_down_reason text
) strict;

create index entries_edits on entries ((id >> 32), target_seq) where kind = 2;

create table append_ids (append_id blob primary key, entry integer not null) strict, without rowid;

create table channels (
  conversation integer primary key, owner integer not null, title text not null, username text,
  description text not null, avatar_media_id text not null, unlisted integer not null,
  forbid_forwarding integer not null, sign_posts integer not null, no_index integer not null,
  forbid_reactions integer not null, subscribers integer not null, subscribers_shown integer not null,
  taken_down_reason text
) strict;
create index channels_owner on channels (owner);
create index channels_directory on channels (subscribers_shown desc, conversation)
  where unlisted = 0 and taken_down_reason is null;
create index channels_count_due on channels (conversation) where subscribers <> subscribers_shown;

create table memberships (
  conversation integer not null, account integer not null, role integer not null, rights integer not null,
  follows integer not null, muted integer not null, from_seq integer not null, joined_at integer not null,
  primary key (conversation, account)
) strict, without rowid;
create index memberships_account on memberships (account, conversation);
create index memberships_admins on memberships (conversation) where role > 1;

create table read_marks (
  conversation integer not null, account integer not null, seq integer not null, updated_at integer not null,
  primary key (conversation, account)
) strict, without rowid;
create index read_marks_account on read_marks (account);

create table view_deltas (
  conversation integer not null, seq integer not null, delta integer not null, primary key (conversation, seq)
) strict, without rowid;
create table view_blocks (
  conversation integer not null, block integer not null, delta integer not null,
  primary key (conversation, block)
) strict, without rowid;

create table reactions (
  conversation integer not null, seq integer not null, account integer not null, emoji text not null,
  primary key (conversation, seq, account)
) strict, without rowid;
create index reactions_account on reactions (account);
create table reaction_counts (
  conversation integer not null, seq integer not null, emoji text not null, count integer not null,
  primary key (conversation, seq, emoji)
) strict, without rowid;

create table pins (
  conversation integer not null, seq integer not null, pinned_at integer not null,
  primary key (conversation, seq)
) strict, without rowid;

create table channel_invites (
  invite_id text primary key, conversation integer not null, token text not null unique,
  created_by integer not null, created_at integer not null, expires_at integer, use_limit integer not null,
  uses integer not null, approval integer not null
) strict, without rowid;
create index channel_invites_conversation on channel_invites (conversation);

create table join_requests (
  conversation integer not null, account integer not null, invite_id text not null,
  requested_at integer not null, primary key (conversation, account)
) strict, without rowid;
create index join_requests_account on join_requests (account);

create table scheduled_posts (
  scheduled_id text primary key, conversation integer not null, author integer not null, at integer not null,
  append_id blob not null, payload blob not null, silent integer not null, failure_code text, failure_message text
) strict, without rowid;
create index scheduled_posts_conversation on scheduled_posts (conversation);
create index scheduled_posts_due on scheduled_posts (at) where failure_code is null;

create table channel_days (
  conversation integer not null, day text not null, followed integer not null, left integer not null,
  posts integer not null, views integer not null, primary key (conversation, day)
) strict, without rowid;

create table media (
  media_id text primary key, account integer not null, state integer not null, shape integer not null,
  media_type text not null, size integer not null, name text not null, content_hash text not null,
  width integer not null, height integer not null, blur text not null, thumbnail_hash text not null,
  created_at integer not null, upload_size integer not null, ticket_hash text not null,
  refusal text not null, unused_since integer
) strict, without rowid;
create index media_account on media (account, state);
create index media_content on media (content_hash);
create index media_thumbnail on media (thumbnail_hash);
create index media_unused on media (unused_since) where unused_since is not null;
create index media_unchecked on media (state) where state = 2;
create table media_uses (
  media_id text not null, conversation integer not null, seq integer not null,
  primary key (media_id, conversation, seq)
) strict, without rowid;
create index media_uses_conversation on media_uses (conversation, seq);
create table media_claims (
  media_id text not null, conversation integer not null, claimed_at integer not null,
  primary key (media_id, conversation)
) strict, without rowid;

create table moderation_actions (
  id integer primary key autoincrement, at integer not null, action text not null, subject text not null,
  seq integer not null, reason text not null
) strict;

create table settings (key text primary key, value text not null) strict, without rowid;
`;
