import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  EntryKind,
  type EntrySchema,
  limits,
  type ReadRequest,
  type ReadResponseSchema,
} from '@heliogram/protocol';
import type { Caller } from '../gateway/service.ts';
import type { LogHead, ReadRange, Storage, StoredEntry } from '../storage/port.ts';
import { entryForReaders } from './entries.ts';
import type { Conversation, ConversationPolicy, ProfileSource } from './policy.ts';

export type ReadParts = {
  readonly storage: Storage;
  readonly profiles: ProfileSource;
  readonly policyOf: (conversation: Conversation) => ConversationPolicy;
};

/** One page of a log, with counters where a person reads and the authors that may be named. */
export async function readPage(
  parts: ReadParts,
  call: { caller: Caller; conversation: Conversation; request: ReadRequest },
): Promise<MessageInitShape<typeof ReadResponseSchema>> {
  const { caller, conversation, request } = call;
  await parts.policyOf(conversation).mayRead(caller, conversation);
  const heads = await parts.storage.log.heads([conversation.id]);
  const page = await parts.storage.log.read(rangeOf(conversation, request));
  const [entries, authors] = await Promise.all([
    request.listed
      ? withCounters(parts, conversation, page.entries)
      : page.entries.map((entry) => entryForReaders(entry)),
    authorsOf(parts.profiles, page.entries),
  ]);
  return { entries, ...headOf(heads, conversation), more: page.more, authors };
}

/** The head as answers name it. */
export function headOf(heads: ReadonlyMap<number, LogHead>, { id }: Conversation) {
  const { headSeq, headSentAt } = heads.get(id) ?? { headSeq: 0, headSentAt: 0 };
  return { headSeq, ...(headSeq > 0 && { headSentAt: timestampFromMs(headSentAt) }) };
}

function rangeOf(conversation: Conversation, request: ReadRequest): ReadRange {
  const forward = request.afterSeq > 0 || request.fromStart;
  return {
    conversation: conversation.id,
    afterSeq: request.afterSeq,
    beforeSeq: request.beforeSeq === 0 ? limits.maxSeq + 1 : request.beforeSeq,
    limit: request.limit === 0 ? limits.defaultReadLimit : request.limit,
    from: forward ? 'start' : 'end',
    listed: request.listed,
    maxBytes: limits.maxReadBytes,
  };
}

async function withCounters(
  { policyOf }: ReadParts,
  conversation: Conversation,
  entries: readonly StoredEntry[],
): Promise<MessageInitShape<typeof EntrySchema>[]> {
  const posts = entries.filter((entry) => entry.kind === EntryKind.POST);
  const counters = await policyOf(conversation).counters(
    conversation,
    posts.map((entry) => entry.seq),
  );
  return entries.map((entry) => entryForReaders(entry, counters.get(entry.seq)));
}

async function authorsOf(profiles: ProfileSource, entries: readonly StoredEntry[]) {
  const accounts = new Set<number>();
  for (const { author, signed } of entries) if (signed && author !== null) accounts.add(author);
  if (accounts.size === 0) return [];
  return [...(await profiles.profiles([...accounts])).values()];
}
