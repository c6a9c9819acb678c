import type { ErrorCode } from '@heliogram/protocol';

/**
 * Live delivery between gateways. Carries only what the log already holds, or what may be lost:
 * losing a message here loses nothing, readers heal gaps from the log.
 */
export interface Bus {
  /** False when nobody can receive the topic: then a message need not even be encoded. */
  wanted(topic: string): boolean;
  publish(topic: string, message: BusMessage): void;
  /** Messages of one topic arrive in the order in which they were published. Returns the unsubscribe. */
  subscribe(topic: string, receive: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}

export type BusMessage =
  /** One encoded ServerFrame, the same for every socket. `seq` of an entry, 0 of anything that may be lost. */
  | { readonly kind: 'frame'; readonly bytes: Uint8Array; readonly seq: number }
  /** Subscribers of this conversation lose it: of one account, or all. */
  | { readonly kind: 'access-ended'; readonly accountId: string | 'everybody' }
  /** Connections of this account or one device of it end. */
  | {
      readonly kind: 'sign-out';
      readonly deviceId: string | null;
      readonly code: ErrorCode;
      readonly message: string;
    };

/** Subscribers of a conversation. */
export const conversationTopic = (conversationId: string): string => `c.${conversationId}`;
/** Those subscribers who also want counters. */
export const countersTopic = (conversationId: string): string => `n.${conversationId}`;
/** All connected devices of an account. */
export const accountTopic = (accountId: string): string => `a.${accountId}`;
