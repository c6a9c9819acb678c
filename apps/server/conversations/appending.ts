import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import {
  type AppendRequest,
  type AppendResultSchema,
  EntryKind,
  HeliogramError,
  type NewEntry,
  type RedactRequest,
  ValidationError,
} from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import type { AppendOutcome, FoundEntry, Storage } from '../storage/port.ts';
import type { ConversationLog, LogEntry } from './log.ts';
import type { Admission, Conversation, ConversationPolicy } from './policy.ts';

type Result = MessageInitShape<typeof AppendResultSchema>;

export type AppendParts = {
  readonly storage: Storage;
  readonly log: ConversationLog;
  readonly policyOf: (conversation: Conversation) => ConversationPolicy;
};

/**
 * Appends what the policy admits, in order, and answers for every entry. An id that was appended before
 * answers with the entry of that time even if it would be refused today: the first answer may be lost.
 */
export async function appendEntries(
  parts: AppendParts,
  call: { caller: DeviceCaller; conversation: Conversation; request: AppendRequest },
): Promise<readonly Result[]> {
  const { entries } = call.request;
  const bytes = entries.reduce((sum, { payload }) => sum + payload.byteLength, 0);
  const room = await reserve(parts, call.caller, bytes);
  try {
    const admissions = await admit(parts, call);
    const fitting = room.kind === 'reserved' ? admissions : admissions.map(orElse(room));
    return await appendAdmitted(parts, call, fitting);
  } finally {
    if (room.kind === 'reserved') room.giveBack();
  }
}

/** What the policy refused keeps its own reason. */
const orElse =
  (noRoom: Admission) =>
  (admission: Admission): Admission =>
    admission.kind === 'admitted' ? noRoom : admission;

type Reservation =
  | { readonly kind: 'reserved'; readonly giveBack: () => void }
  | (Admission & { readonly kind: 'refused' });

/** No room is a refusal of each entry, so that entries appended before still answer. */
async function reserve(
  { log }: AppendParts,
  { account }: DeviceCaller,
  bytes: number,
): Promise<Reservation> {
  try {
    return { kind: 'reserved', giveBack: await log.reserve(account, bytes) };
  } catch (error) {
    if (!(error instanceof HeliogramError)) throw error;
    return { kind: 'refused', error };
  }
}

async function appendAdmitted(
  parts: AppendParts,
  call: Parameters<typeof appendEntries>[1],
  admissions: readonly Admission[],
): Promise<readonly Result[]> {
  const { entries } = call.request;
  const admitted = entries.flatMap((entry, index) => {
    const admission = admissions[index];
    return admission?.kind === 'admitted' ? [logEntry(entry, admission, call.caller)] : [];
  });
  const outcomes = admitted.length > 0 ? await parts.log.append(call.conversation, admitted) : [];
  const earlier = await earlierAppends(parts, entries, admissions);
  let next = 0;
  return entries.map((_, index) => {
    const admission = admissions[index];
    if (admission?.kind === 'admitted') {
      const outcome = outcomes[next];
      next += 1;
      return resultOf(outcome, call);
    }
    const known = earlier.get(index);
    if (known) return resultOf({ kind: 'duplicate', ...known }, call);
    return failure(
      admission?.error ?? new ValidationError('malformed', 'no verdict on this entry'),
    );
  });
}

/**
 * A refusal of the whole call becomes a refusal of each entry, because entries that were appended
 * before must still be answered. A caller without access to a hidden conversation sees no difference
 * to a missing one, except for their own earlier entries (CHN-3).
 */
async function admit(
  parts: AppendParts,
  call: Parameters<typeof appendEntries>[1],
): Promise<readonly Admission[]> {
  const { caller, conversation, request } = call;
  try {
    return await parts.policyOf(conversation).admit(caller, conversation, request.entries);
  } catch (error) {
    if (!(error instanceof HeliogramError)) throw error;
    if (error.code === 'not_found' && !(await appendedBefore(parts, call))) throw error;
    return request.entries.map(() => ({ kind: 'refused', error }));
  }
}

/** Whether the caller appended one of the entries to this conversation before. */
async function appendedBefore(
  { storage }: AppendParts,
  { caller, conversation, request }: Parameters<typeof appendEntries>[1],
): Promise<boolean> {
  const found = await storage.log.find(request.entries.map(({ appendId }) => appendId));
  return found.some(
    (known) => known?.conversation === conversation.id && known.entry.author === caller.account,
  );
}

async function earlierAppends(
  { storage }: AppendParts,
  entries: readonly NewEntry[],
  admissions: readonly Admission[],
): Promise<ReadonlyMap<number, FoundEntry>> {
  const refused = entries.flatMap((entry, index) =>
    admissions[index]?.kind === 'admitted' ? [] : [{ index, appendId: entry.appendId }],
  );
  if (refused.length === 0) return new Map();
  const found = await storage.log.find(refused.map(({ appendId }) => appendId));
  return new Map(
    refused.flatMap(({ index }, position) => {
      const entry = found[position];
      return entry ? [[index, entry]] : [];
    }),
  );
}

function logEntry(
  entry: NewEntry,
  admission: Admission & { kind: 'admitted' },
  caller: DeviceCaller,
): LogEntry {
  return {
    kind: admission.entryKind,
    author: caller.account,
    appendId: entry.appendId,
    payload: entry.payload,
    silent: entry.silent,
    signed: admission.signed,
    targetSeq: entry.targetSeq,
  };
}

function resultOf(
  outcome: AppendOutcome | undefined,
  { caller, conversation }: { caller: DeviceCaller; conversation: Conversation },
): Result {
  if (!outcome || outcome.kind === 'bad-target') {
    return failure(new ValidationError('gone', 'the post to edit does not exist'));
  }
  if (outcome.kind === 'log-full') {
    return failure(
      new ValidationError('limit_reached', 'this conversation has reached its limit of entries'),
    );
  }
  const foreign =
    outcome.kind === 'duplicate' &&
    (outcome.conversation !== conversation.id || outcome.entry.author !== caller.account);
  if (foreign)
    return failure(
      new ValidationError('already_exists', 'this append id was already used for another entry'),
    );
  return {
    outcome: {
      case: 'appended',
      value: {
        seq: outcome.entry.seq,
        sentAt: timestampFromMs(outcome.entry.sentAt),
        duplicate: outcome.kind === 'duplicate',
      },
    },
  };
}

function failure(error: Error): Result {
  const { code, retryAfterMs } =
    error instanceof HeliogramError ? error : { code: 'internal', retryAfterMs: 0 };
  return {
    outcome: {
      case: 'failure',
      value: { code, message: error.message, retryAfterMs: retryAfterMs ?? 0 },
    },
  };
}

/** Appends a redaction of `seq`; the same append id answers the same again. */
export async function redactEntry(
  { storage, log, policyOf }: AppendParts,
  call: { caller: DeviceCaller; conversation: Conversation; request: RedactRequest },
): Promise<number> {
  const { caller, conversation, request } = call;
  await policyOf(conversation).mayRead(caller, conversation);
  const target = await storage.log.entry(conversation.id, request.seq);
  if (!target || target.kind !== EntryKind.POST) {
    throw new ValidationError('not_found', 'post not found');
  }
  // After a restore another post can stand at this seq.
  if (request.sentAt && timestampMs(request.sentAt) !== target.sentAt) {
    throw new ValidationError('gone', 'another post has this seq now');
  }
  const tombstone = await policyOf(conversation).mayRedact(caller, conversation, target);
  const [outcome] = await log.append(conversation, [
    {
      kind: EntryKind.REDACTION,
      author: caller.account,
      appendId: request.appendId,
      payload: null,
      silent: true,
      signed: false,
      targetSeq: request.seq,
      tombstone,
    },
  ]);
  const result = resultOf(outcome, call).outcome;
  if (result?.case === 'appended') return result.value.seq ?? 0;
  throw new ValidationError('gone', 'the post is already deleted');
}
