import { sha256 } from '@noble/hashes/sha2.js';
import { ContentError } from '../errors.ts';
import { extensionKey, hashAlgorithm, type MimiContent } from './content.ts';
import { encodeUtf8 } from './utf8.ts';

export interface MessageIdInput {
  readonly senderUri: string;
  readonly roomUri: string;
  /** The encoded content. */
  readonly content: Uint8Array;
  readonly salt: Uint8Array;
}

/**
 * The 32-byte message id (draft-ietf-mimi-content, Message ID): 0x01 and the first 31 bytes of
 * SHA-256 over sender URI and room URI, each after its 16-bit length, then content, then salt.
 */
export function messageId({ senderUri, roomUri, content, salt }: MessageIdInput): Uint8Array {
  const hash = sha256.create();
  for (const uri of [senderUri, roomUri]) {
    const bytes = encodeUtf8(uri);
    if (bytes.length > 0xffff) throw new ContentError('content-invalid-uri', 'URI is too long');
    hash.update(Uint8Array.of(bytes.length >> 8, bytes.length & 0xff)).update(bytes);
  }
  const id = new Uint8Array(32);
  id[0] = hashAlgorithm.sha256;
  id.set(hash.update(content).update(salt).digest().subarray(0, 31), 1);
  return id;
}

/**
 * The message id of content that names its sender and room (extensions 1 and 2).
 * `encoded` is the exact bytes that `content` was decoded from or encoded to.
 */
export function messageIdOf(content: MimiContent, encoded: Uint8Array): Uint8Array {
  const { senderUri, roomUri } = addresses(content);
  return messageId({ senderUri, roomUri, content: encoded, salt: content.salt });
}

/** Sender and room that the content claims; a caller compares them with what it knows. */
export function addresses(content: MimiContent): { senderUri: string; roomUri: string } {
  const senderUri = content.extensions.get(extensionKey.senderUri);
  const roomUri = content.extensions.get(extensionKey.roomUri);
  if (typeof senderUri === 'string' && typeof roomUri === 'string') return { senderUri, roomUri };
  throw new ContentError('content-schema', 'content names no sender and room');
}
