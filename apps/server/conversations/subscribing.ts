import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  HeliogramError,
  limits,
  type SubscribedSchema,
  type Subscription,
  UsageError,
  ValidationError,
} from '@heliogram/protocol';
import type { CallConnection, CallContext, Caller } from '../gateway/service.ts';
import { entryForReaders } from './entries.ts';
import type { Conversation } from './policy.ts';
import { comparePosition } from './positions.ts';
import { headOf, type ReadParts } from './reading.ts';

type Subscribed = MessageInitShape<typeof SubscribedSchema>;

/** The connection of a call whose method the contract ties to one. */
export function connectionOf(context: CallContext): CallConnection {
  if (!context.connection) throw new UsageError('this call needs a WebSocket');
  return context.connection;
}

/**
 * Subscribes before it looks at the head: an entry is in the backlog, beyond the head and pushed, or
 * both, never neither. Refusals answer for their conversation alone.
 */
export async function subscribeTo(
  parts: ReadParts & { find(conversationId: string): Promise<Conversation> },
  context: CallContext,
  subscription: Subscription,
): Promise<Subscribed> {
  const { conversationId } = subscription;
  try {
    const connection = connectionOf(context);
    const conversation = await parts.find(conversationId);
    await parts.policyOf(conversation).mayRead(context.caller, conversation);
    // Here and not before waiting: many subscribe at once.
    if (connection.subscriptions >= limits.maxSubscriptionsPerConnection) {
      throw new ValidationError('limit_reached', 'too many subscriptions on this connection');
    }
    connection.subscribe(conversationId, { counters: subscription.counters });
    await stillReadable(parts, { caller: context.caller, connection, conversation });
    return await fromHere(parts, conversation, subscription);
  } catch (error) {
    if (!(error instanceof HeliogramError)) throw error;
    const { code, message, retryAfterMs } = error;
    return { conversationId, failure: { code, message, retryAfterMs: retryAfterMs ?? 0 } };
  }
}

/** Access that ended between the question and the subscription was told to nobody here: asked again. */
async function stillReadable(
  { policyOf }: ReadParts,
  parties: { caller: Caller; connection: CallConnection; conversation: Conversation },
): Promise<void> {
  const { caller, connection, conversation } = parties;
  try {
    await policyOf(conversation).mayRead(caller, conversation);
  } catch (error) {
    connection.unsubscribe(conversation.conversationId);
    throw error;
  }
}

async function fromHere(
  { storage }: ReadParts,
  conversation: Conversation,
  { afterSeq, afterSentAt, backlog, conversationId }: Subscription,
): Promise<Subscribed> {
  const heads = await storage.log.heads([conversation.id]);
  const head = headOf(heads, conversation);
  const { headSeq } = head;
  const known = { seq: afterSeq, sentAt: afterSentAt && timestampMs(afterSentAt) };
  const position = await comparePosition(storage.log, conversation, known);
  if (position === 'rewound') return { conversationId, ...head, rewound: true };
  const unverified = position === 'unverified';
  const missing = headSeq - afterSeq;
  if (!backlog || missing <= 0 || missing > limits.maxBacklogEntries) {
    return { conversationId, ...head, unverified };
  }
  const page = await storage.log.read({
    conversation: conversation.id,
    afterSeq,
    beforeSeq: headSeq + 1,
    limit: limits.maxBacklogEntries,
    from: 'start',
    listed: false,
    maxBytes: limits.maxBacklogBytes,
  });
  return {
    conversationId,
    ...head,
    unverified,
    backlog: page.more ? [] : page.entries.map((entry) => entryForReaders(entry)),
  };
}
