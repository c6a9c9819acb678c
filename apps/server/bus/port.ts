/**
 * Live delivery between gateways. Carries only what the log already holds, or what may be lost:
 * losing a message here loses nothing, readers heal gaps from the log.
 */
export interface Bus {
  publish(topic: string, message: BusMessage): void;
  /** Messages of one topic arrive in the order in which they were published. Returns the unsubscribe. */
  subscribe(topic: string, receive: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}

/** `bytes` is one encoded ServerFrame, ready for every socket. */
export type BusMessage = {
  readonly bytes: Uint8Array;
  /** Of an entry: its seq, so that a lagging gateway knows what it missed. */
  readonly seq: number;
};

/** Subscribers of a conversation. */
export const conversationTopic = (conversationId: string): string => `c.${conversationId}`;
/** All devices of an account that are connected. */
export const accountTopic = (accountId: string): string => `a.${accountId}`;
