import { fromBinary, toBinary } from '@bufbuild/protobuf';
import type { Caller, ClientStore } from '@heliogram/client';
import {
  ConversationKind,
  type ConversationSummary,
  ConversationSummarySchema,
  LogService,
} from '@heliogram/protocol';

/** All of one's conversations as the server lists them now. */
export async function fetchSummaries(call: Caller): Promise<readonly ConversationSummary[]> {
  const all: ConversationSummary[] = [];
  for (let more = true; more; ) {
    const afterConversationId = all.at(-1)?.conversationId ?? '';
    const page = await call(LogService.method.listConversations, { afterConversationId });
    all.push(...page.conversations);
    more = page.more && page.conversations.length > 0;
  }
  // Kinds of a later version have no screen here.
  return all.filter(({ kind }) => kind === ConversationKind.CHANNEL);
}

/** What was listed last, for a start without a network. */
export async function readSummaries(store: ClientStore): Promise<readonly ConversationSummary[]> {
  const cached = await store.chats.all();
  return cached.flatMap(({ summary }) =>
    summary ? [fromBinary(ConversationSummarySchema, summary)] : [],
  );
}

/** Keeps some of the list as it is now. */
export async function writeChanged(
  store: ClientStore,
  summaries: readonly ConversationSummary[],
): Promise<void> {
  await store.chats.put(
    summaries.map((summary) => ({
      conversationId: summary.conversationId,
      summary: toBinary(ConversationSummarySchema, summary),
    })),
  );
}

/** Keeps the list; what is not in it any more is forgotten with its posts. */
export async function writeSummaries(
  store: ClientStore,
  summaries: readonly ConversationSummary[],
): Promise<void> {
  const listed = new Set(summaries.map(({ conversationId }) => conversationId));
  const cached = await store.chats.all();
  const gone = cached.filter(
    ({ conversationId, summary }) => summary && !listed.has(conversationId),
  );
  await writeChanged(store, summaries);
  await store.chats.remove(gone.map(({ conversationId }) => conversationId));
  await Promise.all(gone.map(({ conversationId }) => store.entries.forget(conversationId)));
}
