import { ContentError } from '../errors.ts';
import { showsText } from '../formatting/shows-text.ts';
import { contentLimits } from '../limits.ts';
import {
  disposition,
  type Expiration,
  type ExtensionKey,
  type ExtensionValue,
  extensionKey,
  type MimiContent,
  type NestedPart,
} from '../mimi/content.ts';
import { encodeUtf8, utf8Length } from '../mimi/utf8.ts';
import { qualifiedEmoji } from '../text/emoji.ts';
import { withLineFeeds } from '../text/line-ends.ts';
import { attachmentDetails, attachmentPart } from './attachments.ts';
import {
  forwardedValue,
  houseExtension,
  isConversationId,
  maxTitleBytes,
  mediaValue,
} from './extensions.ts';
import { contentTypeOf } from './text-types.ts';
import type { Attachment, ForwardedFrom, TextFormat } from './view.ts';

/** What every content carries: who says it where, and 16 fresh random bytes. */
export interface Envelope {
  /** 16 bytes from a cryptographic random source, never used twice. */
  readonly salt: Uint8Array;
  readonly senderUri: string;
  readonly roomUri: string;
}

export interface PostInput extends Envelope {
  /** Kept as typed, but for line ends: they become line feeds (CNT-18). */
  readonly text: string;
  /** Default `markdown`. */
  readonly format?: TextFormat;
  readonly attachments?: readonly Attachment[];
  /** Message id of the version replied to. */
  readonly replyTo?: Uint8Array;
  readonly forwardedFrom?: ForwardedFrom;
  readonly silent?: boolean;
  readonly topicId?: Uint8Array;
  readonly expires?: Expiration;
}

/** A post: text, attachments, or both. Text that shows nothing is none. */
export function composePost(input: PostInput): MimiContent {
  const { attachments = [], format = 'markdown' } = input;
  const text = withLineFeeds(input.text);
  const saysSomething = showsText(text, format);
  if (!saysSomething && attachments.length === 0) {
    throw new ContentError('content-empty', 'a post has text that shows, or attachments');
  }
  checkPost(input, attachments);
  const parts = attachments.map(attachmentPart);
  if (saysSomething) parts.push(textPart(text, format));
  const media = mediaValue(attachmentDetails(attachments, parts.length));
  return {
    ...base(input, [
      [houseExtension.forwarded, input.forwardedFrom && forwardedValue(input.forwardedFrom)],
      [houseExtension.media, media],
      [houseExtension.silent, input.silent || undefined],
    ]),
    topicId: input.topicId ?? new Uint8Array(),
    expires: input.expires ?? null,
    inReplyTo: input.replyTo ?? null,
    nestedPart: body(parts),
  };
}

/** A new version of a post, whole; `replaces` is the message id of its first version. */
export function composeEdit(input: PostInput & { readonly replaces: Uint8Array }): MimiContent {
  return { ...composePost(input), replaces: checkId(input.replaces) };
}

/** Takes a post back; `replaces` is the message id of its first version. */
export function composeDelete(input: Envelope & { readonly replaces: Uint8Array }): MimiContent {
  return {
    ...base(input),
    replaces: checkId(input.replaces),
    nestedPart: { disposition: disposition.render, language: '', cardinality: 'null' },
  };
}

/** Reacts to the message `target`; with `replaces`, in the place of an earlier reaction. */
export function composeReaction(
  input: Envelope & {
    readonly target: Uint8Array;
    readonly reactions: readonly string[];
    readonly replaces?: Uint8Array;
  },
): MimiContent {
  return {
    ...base(input),
    inReplyTo: checkId(input.target),
    replaces: input.replaces ? checkId(input.replaces) : null,
    nestedPart: reactionBody(input.reactions),
  };
}

/** Takes back the reaction whose message id is `replaces`. */
export function composeUnreaction(
  input: Envelope & { readonly target: Uint8Array; readonly replaces: Uint8Array },
): MimiContent {
  return {
    ...base(input),
    inReplyTo: checkId(input.target),
    replaces: checkId(input.replaces),
    nestedPart: { disposition: disposition.reaction, language: '', cardinality: 'null' },
  };
}

function base(
  { salt, senderUri, roomUri }: Envelope,
  house: readonly [ExtensionKey, ExtensionValue | undefined][] = [],
): Omit<MimiContent, 'nestedPart'> {
  const extensions = new Map<ExtensionKey, ExtensionValue>([
    [extensionKey.senderUri, senderUri],
    [extensionKey.roomUri, roomUri],
  ]);
  for (const [key, value] of house) if (value !== undefined) extensions.set(key, value);
  const empty = { replaces: null, topicId: new Uint8Array(), expires: null, inReplyTo: null };
  return { salt, ...empty, extensions };
}

function textPart(text: string, format: TextFormat): NestedPart {
  return {
    disposition: disposition.render,
    language: '',
    cardinality: 'single',
    contentType: contentTypeOf(format),
    content: encodeUtf8(text),
  };
}

function body(parts: readonly NestedPart[], kind: number = disposition.render): NestedPart {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return {
    disposition: kind,
    language: '',
    cardinality: 'multi',
    partSemantics: 'processAll',
    parts,
  };
}

function reactionBody(typed: readonly string[]): NestedPart {
  const reactions = typed.map(qualifiedEmoji);
  if (reactions.length === 0) throw new ContentError('content-empty', 'no reaction');
  const { maxReactions, maxReactionBytes } = contentLimits;
  const fits = reactions.every((text) => {
    const length = utf8Length(text);
    return length > 0 && length <= maxReactionBytes;
  });
  if (!fits || reactions.length > maxReactions) {
    throw new ContentError('content-field-too-long', 'not a short list of emoji');
  }
  const parts = reactions.map((text) => ({
    ...textPart(text, 'plain'),
    disposition: disposition.reaction,
  }));
  return body(parts, disposition.reaction);
}

function checkPost(input: PostInput, attachments: readonly Attachment[]): void {
  if (attachments.length > contentLimits.maxAttachments) {
    const message = `more than ${contentLimits.maxAttachments} attachments`;
    throw new ContentError('content-too-many-attachments', message);
  }
  if (input.replyTo) checkId(input.replyTo);
  if (input.forwardedFrom) checkForwarded(input.forwardedFrom);
}

function checkForwarded(from: ForwardedFrom): void {
  const { conversationId, seq, title, messageId } = from;
  const ok =
    isConversationId(conversationId) &&
    Number.isSafeInteger(seq) &&
    seq >= 1 &&
    utf8Length(title) <= maxTitleBytes &&
    (messageId === undefined || messageId.length === 32);
  if (!ok) throw new ContentError('content-invalid-forward', 'not a valid origin of a forward');
}

function checkId(id: Uint8Array): Uint8Array {
  if (id.length === 32) return id;
  throw new ContentError('content-invalid-id', 'a message id is 32 bytes');
}
