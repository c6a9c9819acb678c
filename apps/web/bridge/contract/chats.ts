/** The list of conversations, the directory and search. */
import type { ProfileView } from './session.ts';

export type PreviewKind =
  | 'text'
  | 'photo'
  | 'video'
  | 'audio'
  | 'file'
  | 'album'
  | 'renamed'
  | 'pinned'
  | 'unpinned'
  | 'deleted'
  | 'withheld'
  | 'unsupported';

export interface PreviewView {
  readonly kind: PreviewKind;
  /** Plain text of one line; a file's name; a new title. May be empty. */
  readonly text: string;
  readonly at: number;
}

export type Role = 'owner' | 'admin' | 'subscriber' | 'requested' | 'none';

export interface ChatRow {
  readonly conversationId: string;
  readonly kind: 'channel';
  readonly title: string;
  /** Without `@`; empty for unlisted channels. */
  readonly username: string;
  readonly avatarUrl?: string;
  readonly last?: PreviewView;
  readonly unread: number;
  readonly muted: boolean;
  readonly pinned: boolean;
  readonly role: Role;
  /** What was begun and not posted. */
  readonly draft?: string;
  /** Posts of one's own that are on their way or were refused. */
  readonly outgoing?: 'sending' | 'failed';
}

export interface ChatListView {
  /** Pinned ones first in their order, then by newest entry. */
  readonly chats: readonly ChatRow[];
  /** False until the first list of this account is here, from the store or the server. */
  readonly loaded: boolean;
}

/** A channel as a stranger sees it. */
export interface ChannelCard {
  readonly conversationId: string;
  readonly title: string;
  readonly username: string;
  readonly description: string;
  readonly avatarUrl?: string;
  readonly subscribers: number;
  readonly posts: number;
  readonly role: Role;
}

export interface PostHitView {
  readonly conversationId: string;
  readonly seq: number;
  readonly title: string;
  readonly at: number;
  readonly snippet: string;
  /** UTF-16 ranges into `snippet`: start, end, start, end, … */
  readonly highlights: readonly number[];
}

export interface SearchResults {
  /** Among one's own chats. */
  readonly chats: readonly ChatRow[];
  readonly channels: readonly ChannelCard[];
  readonly people: readonly ProfileView[];
  readonly posts: readonly PostHitView[];
  readonly morePosts: boolean;
  /** Only this device was searched: the server could not be reached. */
  readonly offline: boolean;
}

export type InvitePreview = {
  readonly title: string;
  readonly description: string;
  readonly avatarUrl?: string;
  /** Degrees: behind the initials, where there is no picture. */
  readonly avatarHue: number;
  readonly subscribers: number;
  readonly approval: boolean;
  /** Set when one is in already. */
  readonly conversationId?: string;
};

export interface ChatsCommands {
  /** Listed channels, most followed first, or ranked by words. */
  readonly listDirectory: {
    readonly args: { readonly query: string; readonly offset: number };
    readonly result: { readonly channels: readonly ChannelCard[]; readonly more: boolean };
  };
  readonly search: {
    readonly args: {
      readonly query: string;
      /** Only posts of this conversation. */
      readonly conversationId?: string;
      readonly offset?: number;
    };
    readonly result: SearchResults;
  };
  /** What stands behind a username. */
  readonly resolve: {
    readonly args: { readonly username: string };
    readonly result:
      | { readonly kind: 'channel'; readonly conversationId: string }
      | { readonly kind: 'account'; readonly profile: ProfileView }
      | { readonly kind: 'nobody' };
  };
  readonly previewInvite: {
    readonly args: { readonly token: string };
    readonly result: InvitePreview;
  };
  readonly follow: {
    readonly args: { readonly conversationId: string } | { readonly inviteToken: string };
    /** `requested`: an admin decides first. */
    readonly result: { readonly conversationId: string; readonly requested: boolean };
  };
  /** Also takes a request to join back. */
  readonly leave: { readonly args: { readonly conversationId: string }; readonly result: null };
  readonly setMuted: {
    readonly args: { readonly conversationId: string; readonly muted: boolean };
    readonly result: null;
  };
  /** To the top of the list, on every device of the account. */
  readonly setPinnedChat: {
    readonly args: { readonly conversationId: string; readonly pinned: boolean };
    readonly result: null;
  };
  /** Everything up to `seq` was seen; marks never move back. */
  readonly markRead: {
    readonly args: { readonly conversationId: string; readonly seq: number };
    readonly result: null;
  };
}

export interface ChatsWatches {
  readonly chats: { readonly args: null; readonly event: ChatListView; readonly tell: never };
}
