import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
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
import { countUnread } from './unread.ts';

const PAGE = 100;

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
  const marks = await parts.marks.of(call.account, rows);
  const readUpTo = ({ conversation, fromSeq }: Listing) =>
    Math.max(fromSeq, marks.get(conversation.id) ?? 0);
  const states = await countUnread(
    parts.storage.log,
    call.account,
    shown.map((each) => ({ conversation: each.conversation.id, readSeq: readUpTo(each) })),
  );
  const conversations = await Promise.all(
    shown.map((listing, index) =>
      summarise(parts, listing, {
        head: states[index]?.head,
        readSeq: readUpTo(listing),
        unread: states[index]?.unread ?? 0,
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
    standing: true,
    maxBytes: limits.maxReadBytes,
  });
  const [last] = entries;
  return {
    ...common,
    headSeq: state.head?.headSeq ?? 0,
    ...(state.head?.headSeq && { headSentAt: timestampFromMs(state.head.headSentAt) }),
    readSeq: state.readSeq,
    unread: state.unread,
    ...(last ? { last: entryForReaders(last) } : {}),
  };
}
