/** Limits of one content. Lengths of text are UTF-8 bytes. See CNT-4 in docs/protocol/content.md. */
export interface ContentLimits {
  /** Whole encoded content. */
  readonly maxBytes: number;
  /** Levels of NestedPart, the body being level 1 (draft-ietf-mimi-content, Depth restrictions). */
  readonly maxPartDepth: number;
  /** Parts in all, the body included. */
  readonly maxParts: number;
  readonly maxExtensions: number;
  /** One encoded extension value (draft-ietf-mimi-content: `value = any .size (0..4095)`). */
  readonly maxExtensionBytes: number;
  /** Levels of maps and arrays in the extensions, their own map being level 1. */
  readonly maxExtensionDepth: number;
  /** One extension key that is a text string. */
  readonly maxExtensionKeyBytes: number;
  /** The text of one part of type text/*. */
  readonly maxTextBytes: number;
  /** URLs, and the sender and room URIs. */
  readonly maxUrlBytes: number;
  /** Content type, language, file name. */
  readonly maxNameBytes: number;
  readonly maxDescriptionBytes: number;
  readonly maxTopicIdBytes: number;
  /** Key, nonce, authenticated data and hash of an external part, each. */
  readonly maxKeyBytes: number;
  /** Attachments of one post. */
  readonly maxAttachments: number;
  /** One reaction: an emoji with all its modifiers. */
  readonly maxReactionBytes: number;
  /** Reactions of one message. */
  readonly maxReactions: number;
}

export const contentLimits: ContentLimits = Object.freeze({
  maxBytes: 65_536,
  maxPartDepth: 4,
  maxParts: 64,
  maxExtensions: 32,
  maxExtensionBytes: 4_095,
  maxExtensionDepth: 4,
  maxExtensionKeyBytes: 255,
  maxTextBytes: 32_768,
  maxUrlBytes: 2_048,
  maxNameBytes: 255,
  maxDescriptionBytes: 1_024,
  maxTopicIdBytes: 64,
  maxKeyBytes: 64,
  maxAttachments: 10,
  maxReactionBytes: 64,
  maxReactions: 8,
});
