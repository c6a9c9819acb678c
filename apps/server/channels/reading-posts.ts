import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type Attachment, decodeContent, messageIdOf } from '@heliogram/content';
import {
  EntryKind,
  isConversationId,
  limits,
  type PostAttachmentSchema,
  type PostSchema,
  type ProfileSchema,
  type ReadPostsRequest,
  username,
} from '@heliogram/protocol';
import type { ReadRange, StoredEntry } from '../storage/port.ts';
import { type ChannelAccess, type ChannelRef, openChannel, requireStanding } from './access.ts';
import { attachedFile } from './attachments.ts';
import { type CountersInit, countersOf } from './counters.ts';
import { storedView } from './received-content.ts';
import type { ChannelHandlers, Room } from './room.ts';

type Post = MessageInitShape<typeof PostSchema>;
type Profile = MessageInitShape<typeof ProfileSchema>;

/** Channels for programs that speak JSON and nothing else of ours. */
export function readingPostsHandlers(room: Room): Pick<ChannelHandlers, 'readPosts'> {
  return {
    readPosts: async (request, { caller }) => {
      const access = await openChannel(room.storage.db, caller, refOf(request.channel));
      requireStanding(access);
      const { id } = access.conversation;
      const heads = await room.storage.log.heads([id]);
      const page = await room.storage.log.read(rangeOf(access, request));
      const posts = page.entries.filter(
        ({ kind, redacted }) => kind === EntryKind.POST && !redacted,
      );
      const counters = await countersOf(
        room.storage.db,
        id,
        posts.map(({ seq }) => seq),
      );
      const authors = await authorsOf(room, posts);
      return {
        posts: posts.map((post) => toPost(post, counters.get(post.seq), authors)),
        headSeq: heads.get(id)?.headSeq ?? 0,
        more: page.more,
      };
    },
  };
}

function refOf(channel: string): ChannelRef {
  return isConversationId(channel) ? { conversationId: channel } : { username: username(channel) };
}

function rangeOf({ conversation }: ChannelAccess, request: ReadPostsRequest): ReadRange {
  return {
    conversation: conversation.id,
    afterSeq: request.afterSeq,
    beforeSeq: request.beforeSeq || limits.maxSeq + 1,
    limit: request.limit || limits.defaultReadLimit,
    from: request.afterSeq > 0 ? 'start' : 'end',
    listed: true,
    maxBytes: limits.maxReadBytes,
  };
}

async function authorsOf(room: Room, posts: readonly StoredEntry[]) {
  const signers = posts.flatMap(({ author, signed }) =>
    signed && author !== null ? [author] : [],
  );
  return signers.length > 0
    ? room.profiles.profiles([...new Set(signers)])
    : new Map<number, Profile>();
}

function toPost(
  entry: StoredEntry,
  counters: CountersInit | undefined,
  authors: ReadonlyMap<number, Profile>,
): Post {
  const author = entry.signed && entry.author !== null ? authors.get(entry.author) : undefined;
  return {
    seq: entry.seq,
    sentAt: timestampFromMs(entry.sentAt),
    ...(entry.revision ? { editedAt: timestampFromMs(entry.revision.editedAt) } : {}),
    ...(entry.takenDownReason === null
      ? contentOf(entry)
      : { takenDownReason: entry.takenDownReason }),
    ...(author ? { author } : {}),
    views: counters?.views ?? 0,
    reactions: counters?.reactions ?? [],
  };
}

/** The newest text under the id of the first one. */
function contentOf({ payload, revision }: StoredEntry) {
  if (payload === null) return {};
  const { text, attachments, forwardedFrom, replyTo } = storedView(revision?.payload ?? payload);
  return {
    id: hex(messageIdOf(decodeContent(payload), payload)),
    text,
    attachments: attachments.map(toAttachment),
    ...(forwardedFrom
      ? {
          forwardedFrom: {
            conversationId: forwardedFrom.conversationId,
            seq: forwardedFrom.seq,
            title: forwardedFrom.title,
          },
        }
      : {}),
    ...(replyTo ? { replyTo: hex(replyTo) } : {}),
  };
}

function toAttachment(attachment: Attachment): MessageInitShape<typeof PostAttachmentSchema> {
  const { contentHash, height = 0, mediaType, name, size, width = 0 } = attachment;
  const path = `/media/${attachedFile(attachment).mediaName}`;
  return { name, mediaType, size, contentHash: hex(contentHash), width, height, path };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
