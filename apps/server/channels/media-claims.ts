import type { ShowAs } from '@heliogram/content';

/**
 * Files behind attachments and avatars, as channels use them. A use keeps a file alive and lets the
 * readers of its conversation fetch it.
 */
export interface MediaClaims {
  /**
   * Makes sure that the account may attach these files, and keeps them for at least a day until
   * `attach` says where they stand. Answers their media ids in the order of `files`.
   * Throws `not_found` for a file that is not here, not the account's own and not used by
   * `alreadyIn`; `upload_incomplete` for one that is not ready; `media_rejected` for a refused one;
   * `malformed` where a post says of a file what is not so.
   */
  claim(request: MediaClaim): Promise<readonly string[]>;
  /** The account's own ready picture, by media id. Throws as `claim` does. */
  claimAvatar(request: { readonly account: number; readonly mediaId: string }): Promise<void>;
  /** Records uses; recording one twice is no change. */
  attach(use: MediaUse): Promise<void>;
  /** Drops the uses of one entry; files without a use are removed in time. */
  detach(use: { readonly conversation: number; readonly seq: number }): Promise<void>;
  /** Drops every use within the conversation. */
  detachAll(conversation: number): Promise<void>;
  /** Conversations with claims that were never attached, as a crash leaves them; asked at start. */
  unsettled(): Promise<readonly number[]>;
}

export type MediaClaim = {
  readonly account: number;
  readonly conversation: number;
  readonly files: readonly AttachedFile[];
  /** Entries that the account may read and whose files it may therefore show again. */
  readonly alreadyIn: readonly { readonly conversation: number; readonly seq: number }[];
};

/** A file as a post speaks of it. */
export type AttachedFile = {
  /** Media id; in posts of older clients the hash. */
  readonly mediaName: string;
  /** SHA-256 of the bytes, hex. */
  readonly contentHash: string;
  /** Empty where the post does not say. */
  readonly fileName: string;
  readonly showAs: ShowAs;
};

/** Of an avatar `seq` is 0. Files of an edit stand under the seq of its post. */
export type MediaUse = {
  readonly conversation: number;
  readonly seq: number;
  readonly mediaIds: readonly string[];
};
