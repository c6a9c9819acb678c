import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { type AccountId, type ConversationId, ServerFrameSchema } from '@heliogram/protocol';
import { accountTopic, type Bus, conversationTopic, countersTopic } from '../bus/port.ts';
import type { StoredEntry } from '../storage/port.ts';
import { entryForReaders } from './entries.ts';
import type { Notices } from './notices.ts';
import type { Conversation } from './policy.ts';

type Frame = MessageInitShape<typeof ServerFrameSchema>['frame'];

/** Encodes what happens once and hands the bytes to the bus, whoever listens. */
export class Delivery implements Notices {
  readonly #bus: Bus;

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  appended(conversation: Conversation, stored: StoredEntry): void {
    const { conversationId } = conversation;
    const topic = conversationTopic(conversationId);
    if (!this.#bus.wanted(topic)) return;
    this.#publish(
      topic,
      { case: 'entry', value: { conversationId, entry: entryForReaders(stored) } },
      stored.seq,
    );
  }

  signal(conversation: Conversation, accountId: AccountId, payload: Uint8Array): void {
    const { conversationId } = conversation;
    this.#publish(conversationTopic(conversationId), {
      case: 'signal',
      value: { conversationId, accountId, payload },
    });
  }

  conversationChanged(conversationId: ConversationId): void {
    this.#publish(conversationTopic(conversationId), {
      case: 'change',
      value: { what: { case: 'conversationId', value: conversationId } },
    });
  }

  accountChanged(accountId: AccountId): void {
    this.#publish(accountTopic(accountId), {
      case: 'change',
      value: { what: { case: 'account', value: true } },
    });
  }

  countersChanged(
    conversationId: ConversationId,
    entries: Parameters<Notices['countersChanged']>[1],
  ): void {
    this.#publish(countersTopic(conversationId), {
      case: 'counters',
      value: { conversationId, entries: [...entries] },
    });
  }

  accessEnded(conversationId: ConversationId, accountId: AccountId | 'everybody'): void {
    this.#bus.publish(conversationTopic(conversationId), { kind: 'access-ended', accountId });
  }

  #publish(topic: string, frame: NonNullable<Frame>, seq = 0): void {
    const bytes = toBinary(ServerFrameSchema, create(ServerFrameSchema, { frame }));
    this.#bus.publish(topic, { kind: 'frame', bytes, seq });
  }
}
