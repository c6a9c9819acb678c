import { type ConversationSummary, type Entry, EntryKind } from '@heliogram/protocol';
import type { ChatRow, PreviewView } from '../../bridge/contract/chats.ts';
import { avatarOf } from '../media-paths.ts';
import { previewOf } from '../previews.ts';
import { roleOf } from '../roles.ts';
import {
  type CountedUnread,
  type UnreadCount,
  unreadAsCounted,
  unreadFrom,
  unreadOf,
  unreadWithEntry,
  unreadWithOwn,
  unreadWithRead,
  unreadWithRewind,
} from './unread-count.ts';

/** One conversation of the list, as pure state. */
export interface ChatState {
  readonly conversationId: string;
  readonly title: string;
  readonly username: string;
  readonly avatarMediaId: string;
  readonly role: string;
  readonly muted: boolean;
  readonly headSeq: number;
  readonly unread: UnreadCount;
  readonly last?: PreviewView & { readonly seq: number };
}

export function chatOf(summary: ConversationSummary): ChatState {
  const { conversationId, title, username, avatarMediaId, role, muted, headSeq, last } = summary;
  return {
    conversationId,
    title,
    username,
    avatarMediaId,
    role,
    muted,
    headSeq,
    unread: unreadFrom(summary),
    ...(last && { last: { ...previewOf(conversationId, last), seq: last.seq } }),
  };
}

export function withEntry(chat: ChatState, entry: Entry): ChatState {
  const { conversationId, role } = chat;
  if (entry.seq <= chat.headSeq) return chat;
  const isListed = entry.kind === EntryKind.POST || entry.kind === EntryKind.NOTE;
  return {
    ...chat,
    headSeq: entry.seq,
    unread: unreadWithEntry(chat.unread, entry, role === 'owner' || role === 'admin'),
    ...(isListed && { last: { ...previewOf(conversationId, entry), seq: entry.seq } }),
  };
}

/** An edit or deletion of what the row shows. */
export function withChangedLast(chat: ChatState, last: Entry): ChatState {
  if (chat.last?.seq !== last.seq) return chat;
  return { ...chat, last: { ...previewOf(chat.conversationId, last), seq: last.seq } };
}

/** Read up to `wanted`, the head at most. */
export function withRead(chat: ChatState, wanted: number): ChatState {
  return { ...chat, unread: unreadWithRead(chat.unread, Math.min(wanted, chat.headSeq)) };
}

export function withOwnPost(chat: ChatState, seq: number): ChatState {
  return { ...chat, unread: unreadWithOwn(chat.unread, seq) };
}

export function withCount(chat: ChatState, counted: CountedUnread): ChatState {
  return { ...chat, unread: unreadAsCounted(chat.unread, counted) };
}

/** The log went back: what the row showed after `toSeq` is gone. */
export function withRewind(chat: ChatState, toSeq: number): ChatState {
  const { last, ...rest } = chat;
  return {
    ...rest,
    headSeq: Math.min(chat.headSeq, toSeq),
    unread: unreadWithRewind(chat.unread, toSeq),
    ...(last && last.seq <= toSeq && { last }),
  };
}

/** As the server listed it, with what was pushed or read here meanwhile: a list can be older than that. */
export function asListed(listed: ChatState, followed: ChatState | undefined): ChatState {
  if (!followed) return listed;
  const { title, username, avatarMediaId, role, muted, headSeq } = listed;
  const newer = followed.headSeq > headSeq ? followed : listed;
  const unread = unreadAsCounted(followed.unread, {
    headSeq,
    readSeq: listed.unread.readSeq,
    unread: listed.unread.counted.unread,
  });
  return { ...newer, title, username, avatarMediaId, role, muted, unread };
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
    unread: unreadOf(chat.unread),
    muted,
    role: roleOf(role),
    ...extras,
  };
}
