import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  ConversationSummarySchema,
  ListConversationsResponseSchema,
} from '@heliogram/protocol';
import { limits } from '@heliogram/protocol';
import type { LogHead } from '../storage/port.ts';
import { entryForReaders } from './entries.ts';
import type { ConversationPolicy, Listing } from './policy.ts';
import type { ReadMarks } from './read-marks.ts';
import type { ReadParts } from './reading.ts';

const PAGE = 100;
/** Unread counts stop here: nobody reads a larger number. */
const MAX_UNREAD = 10_000;

/** The caller's conversations of every kind, by conversation id, with what is new in each. */
export async function listConversations(
  parts: ReadParts & {
    readonly policies: readonly ConversationPolicy[];
    readonly marks: ReadMarks;
  },
  call: { readonly account: number; readonly after: string },
): Promise<MessageInitShape<typeof ListConversationsResponseSchema>> {
  const page = { after: call.after, limit: PAGE + 1 };
  const lists = await Promise.all(parts.policies.map((policy) => policy.list(call.account, page)));
  const listings = lists.flat().sort(byConversationId);
  const shown = listings.slice(0, PAGE);
  const rows = shown.map(({ conversation }) => conversation.id);
  const heads = await parts.storage.log.heads(rows);
  const marks = await parts.marks.of(call.account, rows);
  const readUpTo = ({ conversation, fromSeq }: Listing) =>
    Math.max(fromSeq, marks.get(conversation.id) ?? 0);
  const unread = await parts.storage.log.countListed(
    shown.map((listing) => ({
      conversation: listing.conversation.id,
      seq: readUpTo(listing),
      exceptBy: call.account,
    })),
    MAX_UNREAD,
  );
  const conversations = await Promise.all(
    shown.map((listing, index) =>
      summarise(parts, listing, {
        head: heads.get(listing.conversation.id),
        readSeq: readUpTo(listing),
        unread: unread[index] ?? 0,
      }),
    ),
  );
  return { conversations, more: listings.length > PAGE };
}

const byConversationId = (a: Listing, b: Listing): number =>
  a.conversation.conversationId < b.conversation.conversationId ? -1 : 1;

async function summarise(
  parts: ReadParts,
  listing: Listing,
  state: { head: LogHead | undefined; readSeq: number; unread: number },
): Promise<MessageInitShape<typeof ConversationSummarySchema>> {
  const { conversation, role } = listing;
  const common = {
    conversationId: conversation.conversationId,
    kind: conversation.kind,
    title: listing.title,
    username: listing.username,
    avatarMediaId: listing.avatarMediaId,
    muted: listing.muted,
    role,
  };
  // Whoever only asked to join is told nothing of what is inside.
  if (role === 'requested') return common;
  const { entries } = await parts.storage.log.read({
    conversation: conversation.id,
    afterSeq: 0,
    beforeSeq: limits.maxSeq + 1,
    limit: 1,
    from: 'end',
    listed: true,
    maxBytes: limits.maxReadBytes,
  });
  const [last] = entries;
  return {
    ...common,
    headSeq: state.head?.headSeq ?? 0,
    readSeq: state.readSeq,
    unread: state.unread,
    ...(last ? { last: entryForReaders(last) } : {}),
  };
}
