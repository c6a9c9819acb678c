import type { Expiration } from '../mimi/content.ts';

/** How an attachment is shown: in the post, or as a file to download. */
export type ShowAs = 'photo' | 'video' | 'audio' | 'file';

export interface Attachment {
  /** File name, a suggestion of the sender's: never a path to write to. */
  readonly name: string;
  /** IANA media type as the sender claims it. */
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** `mimi:///m/…` (see `mediaUri`), `https:` or `http:`. */
  readonly url: string;
  /** SHA-256 of the bytes behind the URL, 32 bytes. */
  readonly contentHash: Uint8Array;
  readonly showAs: ShowAs;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Placeholder until the media is there, in the media service's text form; at most 128 bytes. */
  readonly blur?: string;
  readonly durationMs?: number;
  /** What it shows, for those who cannot see it. */
  readonly description?: string;
  /** How to open it, where the bytes behind the URL are encrypted. */
  readonly encryption?: AttachmentKey;
}

export interface AttachmentKey {
  /** IANA AEAD number: 1 is AES-128-GCM, 2 is AES-256-GCM. */
  readonly algorithm: number;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
}

/** Where a forwarded post comes from: its first origin, however often it was forwarded. */
export interface ForwardedFrom {
  /** Lower-case hex. */
  readonly conversationId: string;
  readonly seq: number;
  /** Title of the origin when it was forwarded; a claim of the forwarder's. */
  readonly title: string;
  readonly messageId?: Uint8Array;
}

/** `markdown` is GFM-MIMI; `plain` is shown without formatting. Text is always as it was typed. */
export type TextFormat = 'markdown' | 'plain';

interface Body {
  readonly text: string;
  readonly format: TextFormat;
  readonly attachments: readonly Attachment[];
  /** Parts that this version cannot show. */
  readonly unsupportedParts: number;
  /** Message id. */
  readonly replyTo?: Uint8Array;
  readonly forwardedFrom?: ForwardedFrom;
  /** Empty for no topic. */
  readonly topicId: Uint8Array;
  readonly expires: Expiration | null;
}

export interface PostView extends Body {
  readonly kind: 'post';
  /** Whether receivers are asked not to be alerted. */
  readonly silent: boolean;
}

export interface EditView extends Body {
  readonly kind: 'edit';
  /** Message id of the first version. */
  readonly replaces: Uint8Array;
}

export interface DeleteView {
  readonly kind: 'delete';
  /** Message id of the first version. */
  readonly replaces: Uint8Array;
}

export interface ReactionView {
  readonly kind: 'reaction';
  /** Message id of what is reacted to. */
  readonly target: Uint8Array;
  /** One or more, each one emoji or short text. */
  readonly reactions: readonly string[];
  /** Message id of the reaction that this one takes the place of. */
  readonly replaces?: Uint8Array;
}

export interface UnreactionView {
  readonly kind: 'unreaction';
  readonly target?: Uint8Array;
  /** Message id of the reaction taken back. */
  readonly replaces: Uint8Array;
}

/** Valid content that this version cannot show. */
export interface UnknownView {
  readonly kind: 'unknown';
  readonly replaces?: Uint8Array;
}

export type ContentView =
  | PostView
  | EditView
  | DeleteView
  | ReactionView
  | UnreactionView
  | UnknownView;
