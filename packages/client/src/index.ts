export { recoveryWords } from '@heliogram/crypto';
export { deleteAccount } from './accounts/delete-account.ts';
export {
  type DeviceSummary,
  listDevices,
  listOwnDevices,
  type OwnDevice,
  renameDevice,
  revokeDevice,
  revokeOtherDevices,
} from './accounts/devices.ts';
export { KnownNames, NameHolderChangedError } from './accounts/known-names.ts';
export { type Recovery, recover } from './accounts/recover.ts';
export {
  type DeviceKeys,
  type Enrolment,
  type MadeAccount,
  type NewAccount,
  type SignedUp,
  signUp,
} from './accounts/sign-up.ts';
export { newAppendId } from './append-id.ts';
export { joinRequests } from './channels/join-requests.ts';
export { Client, type ClientOptions } from './client.ts';
export { type Caller, Connection, type ConnectionOptions } from './connection/connection.ts';
export { parseOrigin } from './connection/origin.ts';
export { answerChallenge, askChallenge, type DeviceCredentials } from './connection/sign-in.ts';
export {
  CachedLog,
  type CachedLogEvents,
  type CachedLogParts,
  type LogChange,
  type LogSnapshot,
  type LogState,
  type OpenAt,
} from './conversations/cached-log.ts';
export {
  type Follow,
  Follower,
  type FollowOptions,
  type LogEvent,
} from './conversations/follower.ts';
export type { Position } from './conversations/positions.ts';
export { asHeliogramError } from './errors.ts';
export { fromHex, toHex } from './hex.ts';
export { attachmentOf } from './media/attachment.ts';
export { type DownloadContext, downloadAttachment } from './media/download.ts';
export {
  type ByteSource,
  type UploadContext,
  type UploadRequest,
  uploadMedia,
} from './media/upload.ts';
export {
  Outbox,
  type OutboxEvents,
  type OutboxOptions,
  type OutboxPost,
  type Outgoing,
  type Posted,
} from './outbox/outbox.ts';
export { OwnState, type OwnStateParts } from './own-state/own-state.ts';
export type * from './ports.ts';
export {
  type ComposedPost,
  contentId,
  type PostDraft,
  type PostReference,
} from './posts/compose-post.ts';
export { type EntryView, type NoteView, textOfPayload, viewEntry } from './posts/entry-view.ts';
export { Posts, type PostTarget } from './posts/posts.ts';
export { storeLimits } from './store/limits.ts';
export { createMemoryStore } from './store/memory-store.ts';
export type * from './store/port.ts';
export { StoreDamagedError } from './store/store-error.ts';
export { type StoreToBe, storeToBe } from './store/store-to-be.ts';
export { msOf, timestampOf } from './timestamps.ts';
