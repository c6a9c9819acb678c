import { ContentError } from './errors.ts';

/**
 * URIs of the house have an empty authority: `mimi:///u/<accountId>`, `mimi:///r/<conversationId>`,
 * `mimi:///m/<mediaId>`. The ids are globally unique, so a URI, and every message id made from it,
 * stays true when a server moves or is reached under two names (CNT-7).
 */
export type HouseUri =
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'conversation'; readonly conversationId: string }
  /** `name` is the media id (32 hex digits), in older posts the SHA-256 of the bytes (64). */
  | { readonly kind: 'media'; readonly name: string };

/** URI of an account; the id is 64 lower-case hex digits (SHA-256 of the identity key). */
export function accountUri(accountId: string): string {
  return `mimi:///u/${checkId(accountId, /^[0-9a-f]{64}$/)}`;
}

/**
 * URI of a conversation; the id is 32 to 64 lower-case hex digits. It is also the sender of an
 * unsigned channel post, which says nothing about who wrote it.
 */
export function conversationUri(conversationId: string): string {
  return `mimi:///r/${checkId(conversationId, /^(?:[0-9a-f]{2}){16,32}$/)}`;
}

/**
 * URI of stored media by its media id, 32 lower-case hex digits. Older posts name the SHA-256 of the
 * bytes instead, 64 digits; both are read, and new posts name the id: equal bytes are not one file.
 */
export function mediaUri(name: string): string {
  return `mimi:///m/${checkId(name, /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/)}`;
}

const houseUri =
  /^mimi:\/\/\/(?:u\/([0-9a-f]{64})|r\/((?:[0-9a-f]{2}){16,32})|m\/([0-9a-f]{32}|[0-9a-f]{64}))$/;

/** What a URI of the house names, or `null` for any other URI. */
export function parseHouseUri(uri: string): HouseUri | null {
  const [, accountId, conversationId, mediaName] = houseUri.exec(uri) ?? [];
  if (accountId !== undefined) return { kind: 'account', accountId };
  if (conversationId !== undefined) return { kind: 'conversation', conversationId };
  if (mediaName !== undefined) return { kind: 'media', name: mediaName };
  return null;
}

function checkId(id: string, pattern: RegExp): string {
  if (pattern.test(id)) return id;
  throw new ContentError('content-invalid-uri', 'id is not lower-case hex of the right length');
}
