import { type ConversationSummary, type Entry, EntryKind } from '@heliogram/protocol';
import type { ChatRow, PreviewView } from '../../bridge/contract/chats.ts';
import { avatarOf } from '../media-paths.ts';
import { previewOf } from '../previews.ts';
import { roleOf } from '../roles.ts';

/** One conversation of the list, as pure state. */
export interface ChatState {
  readonly conversationId: string;
  readonly title: string;
  readonly username: string;
  readonly avatarMediaId: string;
  readonly role: string;
  readonly muted: boolean;
  readonly headSeq: number;
  readonly readSeq: number;
  /** Unread posts when the server was asked last. */
  readonly unreadThen: number;
  /** Seqs of posts that came since. */
  readonly arrived: readonly number[];
  readonly last?: PreviewView & { readonly seq: number };
}

export function chatOf(summary: ConversationSummary): ChatState {
  const { conversationId, title, username, avatarMediaId, role, muted, headSeq, readSeq, last } =
    summary;
  return {
    conversationId,
    title,
    username,
    avatarMediaId,
    role,
    muted,
    headSeq,
    readSeq,
    unreadThen: summary.unread,
    arrived: [],
    ...(last && { last: { ...previewOf(conversationId, last), seq: last.seq } }),
  };
}

/** Posts that are kept count of one by one; more are told by the next list. */
const maxArrived = 10_000;

export function withEntry(chat: ChatState, entry: Entry): ChatState {
  const { conversationId } = chat;
  if (entry.seq <= chat.headSeq) return chat;
  const isPost = entry.kind === EntryKind.POST;
  const isListed = isPost || entry.kind === EntryKind.NOTE;
  const arrived = isPost ? [...chat.arrived, entry.seq].slice(-maxArrived) : chat.arrived;
  return {
    ...chat,
    headSeq: entry.seq,
    arrived,
    ...(isListed && { last: { ...previewOf(conversationId, entry), seq: entry.seq } }),
  };
}

/** An edit or deletion of what the row shows. */
export function withChangedLast(chat: ChatState, last: Entry): ChatState {
  if (chat.last?.seq !== last.seq) return chat;
  return { ...chat, last: { ...previewOf(chat.conversationId, last), seq: last.seq } };
}

/** Read up to `wanted`, the head at most. What the server counted is gone with the first step beyond its mark. */
export function withRead(chat: ChatState, wanted: number): ChatState {
  const seq = Math.min(wanted, chat.headSeq);
  if (seq <= chat.readSeq) return chat;
  const passed = seq - chat.readSeq;
  return {
    ...chat,
    readSeq: seq,
    unreadThen: seq >= chat.headSeq ? 0 : Math.max(0, chat.unreadThen - passed),
    arrived: chat.arrived.filter((each) => each > seq),
  };
}

export function unreadOf({ unreadThen, arrived }: ChatState): number {
  return unreadThen + arrived.length;
}

/** What the device itself adds to a row. */
export interface RowExtras {
  readonly pinned: boolean;
  readonly draft?: string;
  readonly outgoing?: 'sending' | 'failed';
}

export function rowOf(chat: ChatState, extras: RowExtras): ChatRow {
  const { conversationId, title, username, muted, role, last } = chat;
  return {
    conversationId,
    kind: 'channel',
    title,
    username,
    ...avatarOf(chat),
    ...(last && { last: { kind: last.kind, text: last.text, at: last.at } }),
    unread: unreadOf(chat),
    muted,
    role: roleOf(role),
    ...extras,
  };
}
