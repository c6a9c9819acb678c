/**
 * Message content as draft-ietf-mimi-content-08 defines it (`application/mimi-content`), in the
 * draft's words. Values are plain data; bytes are never aliased to the input they came from.
 */
export interface MimiContent {
  /** 16 random bytes, new for every message. */
  readonly salt: Uint8Array;
  /** Message id of the first version of the message that this one edits or deletes. */
  readonly replaces: Uint8Array | null;
  /** Empty where the message belongs to no topic. */
  readonly topicId: Uint8Array;
  readonly expires: Expiration | null;
  readonly inReplyTo: Uint8Array | null;
  readonly extensions: Extensions;
  readonly nestedPart: NestedPart;
}

export interface Expiration {
  /** Whether `time` counts from reading rather than from 1970. */
  readonly relative: boolean;
  /** Seconds, 32 bits. */
  readonly time: number;
}

/** Keys: integers within ±(2^53 − 1), or text of 1 to 255 bytes. */
export type Extensions = ReadonlyMap<ExtensionKey, ExtensionValue>;
export type ExtensionKey = number | string;
export type ExtensionValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly ExtensionValue[]
  | ReadonlyMap<ExtensionKey, ExtensionValue>;

export type NestedPart = NullPart | SinglePart | ExternalPart | MultiPart;

interface PartBase {
  /** 0 to 255; the registered ones are in `disposition`. */
  readonly disposition: number;
  /** Empty, or RFC 5646 language tags separated by commas. */
  readonly language: string;
}

export interface NullPart extends PartBase {
  readonly cardinality: 'null';
}

export interface SinglePart extends PartBase {
  readonly cardinality: 'single';
  readonly contentType: string;
  /** Valid UTF-8 where the content type is text/*. */
  readonly content: Uint8Array;
}

export interface ExternalPart extends PartBase {
  readonly cardinality: 'external';
  readonly contentType: string;
  readonly url: string;
  /** Seconds since 1970, 32 bits; 0 is never. */
  readonly expires: number;
  /** Bytes; 0 is unknown. */
  readonly size: number;
  /** IANA AEAD number; 0 is none. */
  readonly encAlg: number;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  /** IANA named information hash number; 0 is none, 1 is SHA-256. */
  readonly hashAlg: number;
  readonly contentHash: Uint8Array;
  readonly description: string;
  readonly filename: string;
}

export interface MultiPart extends PartBase {
  readonly cardinality: 'multi';
  readonly partSemantics: PartSemantics;
  /** Two or more. */
  readonly parts: readonly NestedPart[];
}

export type PartSemantics = 'chooseOne' | 'singleUnit' | 'processAll';

/** Registered dispositions. */
export const disposition = Object.freeze({
  unspecified: 0,
  render: 1,
  reaction: 2,
  profile: 3,
  inline: 4,
  icon: 5,
  attachment: 6,
  session: 7,
  preview: 8,
});

/** Registered extension keys. */
export const extensionKey = Object.freeze({ senderUri: 1, roomUri: 2 });

/** Hash algorithms of an external part and of a message id. */
export const hashAlgorithm = Object.freeze({ none: 0, sha256: 1 });

/** Media type of encoded content. */
export const mimiContentType = 'application/mimi-content';
