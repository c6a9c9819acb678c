import {
  type Attachment,
  accountUri,
  composeEdit,
  composePost,
  conversationUri,
  decodeContent,
  encodeContent,
  type ForwardedFrom,
  type MimiContent,
  messageIdOf,
} from '@heliogram/content';
import { toHex } from '../hex.ts';
import type { OutboxPost } from '../outbox/outbox.ts';
import type { RandomSource } from '../ports.ts';

/** A post of the same channel, named as the contract wants it: by seq and by message id. */
export interface PostReference {
  readonly seq: number;
  /** 32 bytes. */
  readonly messageId: Uint8Array;
}

/** What a person wants to say. */
export interface PostDraft {
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  readonly replyTo?: PostReference;
  readonly forwardedFrom?: ForwardedFrom;
  /** Does not notify. */
  readonly silent?: boolean;
  /** See OutboxPost. */
  readonly appendId?: Uint8Array | undefined;
}

/** A draft in the words of content, which names what is answered by message id alone. */
type Said = Omit<PostDraft, 'replyTo' | 'appendId'> & { readonly replyTo?: Uint8Array };

export interface Speaker {
  readonly conversationId: string;
  /** Set: the post is signed by this account; absent: the channel itself speaks. */
  readonly accountId?: string | undefined;
  readonly random: RandomSource;
}

/** A draft as the bytes that are sent, however often. */
export interface ComposedPost extends OutboxPost {
  /** Content id, hex. */
  readonly id: string;
}

/** Throws ContentError for what is no valid post: empty, too long, too many attachments. */
export function composeDraft(draft: PostDraft, speaker: Speaker): ComposedPost {
  const { replyTo, appendId, ...rest } = draft;
  const said = replyTo ? { ...rest, replyTo: replyTo.messageId } : rest;
  const content = composePost({ ...envelope(speaker), ...said });
  const { silent = false } = draft;
  const fingerprint = fingerprintOf(said);
  const targetSeq = replyTo?.seq ?? 0;
  return composed(content, { targetSeq, silent, fingerprint, appendId });
}

/** A new version of the post at `targetSeq`, whose first version has the message id `replaces`. */
export function composeRevision(
  draft: Said & { readonly targetSeq: number; readonly replaces: Uint8Array },
  speaker: Speaker,
): ComposedPost {
  const { targetSeq, replaces, ...said } = draft;
  const content = composeEdit({ ...envelope(speaker), ...said, replaces });
  const fingerprint = `edit ${targetSeq} ${fingerprintOf(said)}`;
  return composed(content, { targetSeq, silent: true, fingerprint });
}

function envelope({ conversationId, accountId, random }: Speaker) {
  const roomUri = conversationUri(conversationId);
  const senderUri = accountId === undefined ? roomUri : accountUri(accountId);
  return { salt: random.bytes(16), senderUri, roomUri };
}

function composed(content: MimiContent, post: Omit<OutboxPost, 'payload'>): ComposedPost {
  const payload = encodeContent(content);
  return { ...post, payload, id: toHex(messageIdOf(content, payload)) };
}

/** Names the intent: the same text and files said again in the same way. */
function fingerprintOf({ text, attachments = [], ...rest }: Said): string {
  const { replyTo, forwardedFrom, silent = false } = rest;
  return JSON.stringify([
    text,
    attachments.map(({ name, contentHash }) => [name, toHex(contentHash)]),
    replyTo ? toHex(replyTo) : '',
    forwardedFrom ? [forwardedFrom.conversationId, forwardedFrom.seq] : [],
    silent,
  ]);
}

/** Content id of an encoded post, hex: the same for everyone who has its bytes. */
export function contentId(payload: Uint8Array): string {
  return toHex(messageIdOf(decodeContent(payload), payload));
}

/** The same as bytes; empty where the payload cannot be read. */
export function messageIdBytes(payload: Uint8Array): Uint8Array {
  try {
    return messageIdOf(decodeContent(payload), payload);
  } catch {
    return new Uint8Array();
  }
}
