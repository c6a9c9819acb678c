import { type EntryView, viewEntry } from '@heliogram/client';
import {
  type Attachment,
  type Block,
  type Inline,
  parseHouseUri,
  shownBlocks,
} from '@heliogram/content';
import type { Entry } from '@heliogram/protocol';
import type { AttachmentView, PostView, ReplyView } from '../../bridge/contract/log.ts';
import { mediaPath, thumbnailPath } from '../media-paths.ts';
import type { Origin } from './origins.ts';

/** What a post's view takes from outside of its entry. */
export interface PostSurroundings {
  nameOf(accountId: string): string | undefined;
  /** The caller's own reaction, empty when none. */
  ownReaction(seq: number): string;
  isPinned(seq: number): boolean;
  /** A channel that a post was forwarded from, where one may open it. */
  originOf(conversationId: string): Origin | undefined;
  replyTo(view: EntryView, entry: Entry): ReplyView | undefined;
}

export function postView(conversationId: string, entry: Entry, around: PostSurroundings): PostView {
  const view = viewEntry(conversationId, entry);
  const { seq, sentAt, deleted, text, silent, unsupported } = view;
  const blocks = shownBlocks(text);
  const link = firstLink(blocks);
  const replyTo = around.replyTo(view, entry);
  const own = around.ownReaction(seq);
  return {
    seq,
    sentAt,
    deleted,
    text,
    blocks,
    attachments: view.attachments.flatMap(attachmentView),
    silent,
    pinned: around.isPinned(seq),
    reactions: view.reactions.map((each) => ({ ...each, mine: each.emoji === own })),
    unsupported,
    ...optionalFacts(view, around),
    ...(link && { link }),
    ...(replyTo && { replyTo }),
  };
}

function optionalFacts(
  { editedAt, takenDownReason, authorId, forwardedFrom, views, note }: EntryView,
  around: PostSurroundings,
): Partial<PostView> {
  const open = forwardedFrom && around.originOf(forwardedFrom.conversationId);
  const author = authorId && { accountId: authorId, name: around.nameOf(authorId) ?? '' };
  return {
    ...(editedAt !== undefined && { editedAt }),
    ...(takenDownReason !== undefined && { takenDownReason }),
    ...(author && { author }),
    ...(forwardedFrom && {
      forwardedFrom: {
        conversationId: forwardedFrom.conversationId,
        seq: forwardedFrom.seq,
        title: forwardedFrom.title,
        ...(open && { open: { username: open.username } }),
      },
    }),
    ...(views !== undefined && { views }),
    ...(note && { note }),
  };
}

/** None for what lies outside of this house: nothing is fetched from third parties. */
export function attachmentView(attachment: Attachment): readonly AttachmentView[] {
  const uri = parseHouseUri(attachment.url);
  if (uri?.kind !== 'media' || attachment.encryption) return [];
  const {
    showAs: kind,
    name,
    mediaType,
    size,
    width,
    height,
    blur,
    durationMs,
    description,
  } = attachment;
  return [
    {
      kind,
      name,
      mediaType,
      size,
      url: mediaPath(uri.name),
      ...(kind === 'photo' && { thumbnailUrl: thumbnailPath(uri.name) }),
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
      ...(blur !== undefined && { blur }),
      ...(durationMs !== undefined && { durationMs }),
      ...(description !== undefined && { description }),
    },
  ];
}

function firstLink(blocks: readonly Block[]): PostView['link'] | undefined {
  for (const block of blocks) {
    const href = block.type === 'pre' ? undefined : linkIn(block.children);
    if (href !== undefined && URL.canParse(href)) {
      const { host, pathname, search } = new URL(href);
      const path = `${pathname}${search}`;
      return { href, host, path: path === '/' ? '' : path };
    }
  }
  return undefined;
}

function linkIn(children: readonly Inline[]): string | undefined {
  for (const node of children) {
    if (node.type === 'link' && /^https?:/.test(node.href)) return node.href;
    const inner = 'children' in node ? linkIn(node.children) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
