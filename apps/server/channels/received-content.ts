import {
  accountUri,
  addresses,
  ContentError,
  contentLimits,
  conversationUri,
  decodeContent,
  type EditView,
  type MimiContent,
  type NestedPart,
  type PostView,
  readContent,
  showsText,
} from '@heliogram/content';
import { limits, ValidationError, VerificationError } from '@heliogram/protocol';
import { mayUse } from './access.ts';
import type { Admitting } from './admitting.ts';

/** Content that is well formed and speaks for whom it may: not yet whether it may be said. */
export type ReceivedContent<V extends PostView | EditView = PostView | EditView> = {
  readonly view: V;
  /** Names the caller, by the channel's or the caller's own wish. */
  readonly signed: boolean;
};

/**
 * Decodes strictly and checks sender, room and shape. Throws `malformed`, `unsupported`, `too_large`,
 * `forbidden`, or `conflict` where the channel's settings have changed under a sender.
 */
export function receiveContent(admitting: Admitting): ReceivedContent {
  const content = decode(admitting.entry.payload);
  const view = postOrEdit(content);
  requireShape(content, view);
  return {
    view,
    signed: view.kind === 'edit' ? editSender(admitting, content) : postSender(admitting, content),
  };
}

/** The view of a payload that was admitted before. */
export function storedView(payload: Uint8Array): PostView | EditView {
  return postOrEdit(decodeContent(payload));
}

function decode(payload: Uint8Array): MimiContent {
  try {
    return decodeContent(payload);
  } catch (error) {
    if (error instanceof ContentError) {
      throw new ValidationError('malformed', `the content is not valid: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}

function postOrEdit(content: MimiContent): PostView | EditView {
  const view = readContent(content);
  if (view.kind === 'post' || view.kind === 'edit') return view;
  if (view.kind === 'unknown')
    throw new ValidationError('malformed', 'the post is empty: it needs text or files');
  throw new ValidationError('unsupported', 'use React and Redact in a channel');
}

/** Signed or not: a channel that signs has every post name its author, another none. */
function postSender({ access, author }: Admitting, content: MimiContent): boolean {
  const { conversationId } = access.conversation;
  if (!mayUse(access, 'post'))
    throw new VerificationError('forbidden', 'you need the right to post');
  const sender = senderWithin(content, conversationId);
  const signs = access.channel.sign_posts !== 0;
  if (sender === conversationUri(conversationId)) {
    if (signs) throw new ValidationError('conflict', 'posts in this channel must be signed');
    return false;
  }
  if (sender !== accountUri(author.accountId)) throw notTheSender();
  if (signs) return true;
  throw new ValidationError('conflict', 'posts in this channel must not be signed');
}

/** An edit speaks for the channel, or for its author: whose post that is, `admitEdit` holds against. */
function editSender({ access, author }: Admitting, content: MimiContent): boolean {
  const { conversationId } = access.conversation;
  const sender = senderWithin(content, conversationId);
  if (sender === conversationUri(conversationId)) return false;
  if (sender === accountUri(author.accountId)) return true;
  throw notTheSender();
}

function senderWithin(content: MimiContent, conversationId: string): string {
  const { senderUri, roomUri } = addressesOf(content);
  if (roomUri === conversationUri(conversationId)) return senderUri;
  throw new ValidationError('malformed', 'the content is for another conversation');
}

function addressesOf(content: MimiContent) {
  try {
    return addresses(content);
  } catch (cause) {
    throw new ValidationError('malformed', 'the content does not name a sender and a room', {
      cause,
    });
  }
}

function notTheSender(): VerificationError {
  return new VerificationError('forbidden', 'the sender must be the channel or the caller');
}

function requireShape(content: MimiContent, view: PostView | EditView): void {
  // Alternatives that the server does not see shown could carry anything past its checks.
  if (view.unsupportedParts > 0 || countExternal(content.nestedPart) !== view.attachments.length) {
    throw new ValidationError('unsupported', 'the content has parts that a channel cannot show');
  }
  // A foreign program may send what our own composing refuses.
  if (view.attachments.length === 0 && !showsText(view.text, view.format)) {
    throw new ValidationError('malformed', 'the post is empty: it needs text or files');
  }
  if (view.expires !== null || view.topicId.length > 0) {
    throw new ValidationError('unsupported', 'channel posts cannot have an expiry or a topic');
  }
  if (view.attachments.length > limits.maxAlbumItems) {
    throw new ValidationError(
      'too_large',
      `a post can have at most ${limits.maxAlbumItems} attachments`,
    );
  }
  if (Buffer.byteLength(view.text) > contentLimits.maxTextBytes) {
    throw new ValidationError(
      'too_large',
      `the text is longer than ${contentLimits.maxTextBytes} bytes`,
    );
  }
}

function countExternal(part: NestedPart): number {
  if (part.cardinality === 'external') return 1;
  if (part.cardinality !== 'multi') return 0;
  return part.parts.reduce((sum, nested) => sum + countExternal(nested), 0);
}
