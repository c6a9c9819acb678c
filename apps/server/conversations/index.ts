import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  type ConversationKind,
  InternalError,
  LogService,
  type ReadMark,
  type Subscription,
  type UnreadStateSchema,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { Bus } from '../bus/port.ts';
import {
  type BoundService,
  bindService,
  type CallContext,
  type DeviceCaller,
} from '../gateway/service.ts';
import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';
import { silentTelemetry, type Telemetry } from '../telemetry.ts';
import { appendEntries, redactEntry } from './appending.ts';
import { Delivery } from './delivery.ts';
import { listConversations } from './listing.ts';
import { LiveLog } from './live-log.ts';
import type { AppendListener, ConversationLog } from './log.ts';
import type { LogQuotaLimits } from './log-quota.ts';
import type { Notices } from './notices.ts';
import type { Conversation, ConversationPolicy, ProfileSource } from './policy.ts';
import { comparePosition } from './positions.ts';
import { ReadMarks } from './read-marks.ts';
import { readPage } from './reading.ts';
import { connectionOf, subscribeTo } from './subscribing.ts';
import { countUnread } from './unread.ts';

export { entryForReaders } from './entries.ts';
export { countUnread, type Unread } from './unread.ts';

export type Conversations = {
  readonly service: BoundService;
  readonly log: ConversationLog;
  readonly notices: Notices;
  /** Each kind of conversation is ruled by one policy, set before the first call. */
  setPolicy(kind: ConversationKind, policy: ConversationPolicy): void;
  /** Resolves when nothing waits to be written. */
  drain(): Promise<void>;
};

const NO_QUOTA = { accountBytes: Number.MAX_SAFE_INTEGER, serverBytes: Number.MAX_SAFE_INTEGER };

/** The six verbs over every kind of conversation. */
export function createConversations(parts: {
  readonly storage: Storage;
  readonly bus: Bus;
  readonly runtime: Runtime;
  readonly profiles: ProfileSource;
  readonly telemetry?: Pick<Telemetry, 'appended'>;
  /** Who else is told of durable entries, in log order. Must not throw and must not block. */
  readonly appended?: AppendListener;
  /** Absent: no bound. */
  readonly quota?: LogQuotaLimits;
}): Conversations {
  const { storage, runtime, telemetry = silentTelemetry, appended = () => undefined } = parts;
  const { quota = NO_QUOTA } = parts;
  const policies = new Map<ConversationKind, ConversationPolicy>();
  const policyOf = (conversation: Conversation): ConversationPolicy => {
    const policy = policies.get(conversation.kind);
    if (!policy)
      throw new InternalError(`no policy rules conversations of kind ${conversation.kind}`);
    return policy;
  };
  const delivery = new Delivery(parts.bus);
  const log = new LiveLog({ storage, runtime, delivery, policyOf, telemetry, appended, quota });
  const marks = new ReadMarks({ storage, runtime, policyOf });
  return {
    service: bindLogService({ ...parts, log, marks, delivery, policies, policyOf }),
    log,
    notices: delivery,
    setPolicy: (kind, policy) => void policies.set(kind, policy),
    drain: async () => {
      await marks.flush();
      await log.drain();
    },
  };
}

type ServiceParts = {
  readonly storage: Storage;
  readonly profiles: ProfileSource;
  readonly log: LiveLog;
  readonly marks: ReadMarks;
  readonly delivery: Delivery;
  readonly policies: ReadonlyMap<ConversationKind, ConversationPolicy>;
  readonly policyOf: (conversation: Conversation) => ConversationPolicy;
};

function bindLogService(parts: ServiceParts): BoundService {
  const find = finder(parts.log);
  return bindService(LogService, {
    async append(request, context) {
      const caller = deviceOf(context);
      const call = { caller, conversation: await find(request.conversationId), request };
      return { results: [...(await appendEntries(parts, call))] };
    },
    async read(request, { caller }) {
      const conversation = await find(request.conversationId);
      return readPage(parts, { caller, conversation, request });
    },
    async subscribe({ subscriptions }, context) {
      connectionOf(context);
      const subscribe = (subscription: Subscription) =>
        subscribeTo({ ...parts, find }, context, subscription);
      return { results: await Promise.all(subscriptions.map(subscribe)) };
    },
    unsubscribe({ conversationIds }, context) {
      const connection = connectionOf(context);
      for (const id of conversationIds) connection.unsubscribe(id);
      return {};
    },
    async acknowledge({ count, marks }, context) {
      const caller = deviceOf(context);
      await Promise.all(marks.map((mark) => acknowledge(parts, find, { caller, mark })));
      return { states: count ? await unreadStates(parts, caller.account, marks) : [] };
    },
    async redact(request, context) {
      const caller = deviceOf(context);
      const call = { caller, conversation: await find(request.conversationId), request };
      return { seq: await redactEntry(parts, call) };
    },
    async signal({ conversationId, payload }, context) {
      const caller = deviceOf(context);
      const conversation = await find(conversationId);
      await parts.policyOf(conversation).maySignal(caller, conversation);
      parts.delivery.signal(conversation, caller.accountId, payload);
      return {};
    },
    listConversations({ afterConversationId }, context) {
      const { account } = deviceOf(context);
      const policies = [...parts.policies.values()];
      return listConversations({ ...parts, policies }, { account, after: afterConversationId });
    },
  });
}

function finder(log: ConversationLog) {
  return async (conversationId: string): Promise<Conversation> => {
    const conversation = await log.find(conversationId);
    if (!conversation) throw new ValidationError('not_found', 'conversation not found');
    return conversation;
  };
}

/** The contract promises a device here; this is the type's side of that promise. */
function deviceOf({ caller }: CallContext): DeviceCaller {
  if (caller.kind !== 'device') throw new VerificationError('unauthenticated', 'sign in first');
  return caller;
}

async function acknowledge(
  { policyOf, storage, marks }: ServiceParts,
  find: (conversationId: string) => Promise<Conversation>,
  { caller, mark }: { caller: DeviceCaller; mark: ReadMark },
): Promise<void> {
  const { seq, sentAt } = mark;
  const conversation = await find(mark.conversationId);
  await policyOf(conversation).mayAcknowledge(caller, conversation);
  // What was read is gone since a restore: another entry stands there, and is unread.
  const known = { seq, sentAt: sentAt && timestampMs(sentAt) };
  if (sentAt && (await comparePosition(storage.log, conversation, known)) === 'rewound') return;
  const heads = await storage.log.heads([conversation.id]);
  const reached = Math.min(seq, heads.get(conversation.id)?.headSeq ?? 0);
  if (reached > 0) await marks.move(conversation, caller.account, reached);
}

/** What is unread in each of these for an account, once the marks have moved. */
async function unreadStates(
  parts: ServiceParts,
  account: number,
  marks: readonly Pick<ReadMark, 'conversationId'>[],
): Promise<MessageInitShape<typeof UnreadStateSchema>[]> {
  const found = await Promise.all(marks.map((mark) => parts.log.find(mark.conversationId)));
  const conversations = found.filter((each) => each !== undefined);
  const rows = conversations.map(({ id }) => id);
  const moved = await parts.marks.of(account, rows);
  const wanted = await Promise.all(
    conversations.map(async (conversation) => {
      const joinedAt = await parts.policyOf(conversation).joinedAt(account, conversation);
      const mark = moved.get(conversation.id) ?? 0;
      return joinedAt === undefined ? [] : [{ conversation, readSeq: Math.max(joinedAt, mark) }];
    }),
  );
  const joined = wanted.flat();
  const states = await countUnread(
    parts.storage.log,
    account,
    joined.map(({ conversation, readSeq }) => ({ conversation: conversation.id, readSeq })),
  );
  return joined.flatMap(({ conversation: { conversationId }, readSeq }, index) => {
    const state = states[index];
    if (!state) return [];
    return [{ conversationId, readSeq, headSeq: state.head.headSeq, unread: state.unread }];
  });
}
