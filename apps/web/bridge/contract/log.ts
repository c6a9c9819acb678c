/** One channel as it is read: its facts, and its log as an anchored, growing window. */
import type { Block } from '@heliogram/content';
import type { PreviewView, Role } from './chats.ts';
import type { FailureView } from './session.ts';

export type { Block, Inline } from '@heliogram/content';

export interface Rights {
  readonly post: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly invite: boolean;
  readonly manage: boolean;
}

export interface ChannelSettingsView {
  readonly unlisted: boolean;
  readonly forbidForwarding: boolean;
  readonly signPosts: boolean;
  readonly noIndex: boolean;
  readonly forbidReactions: boolean;
}

export interface PinnedView {
  readonly seq: number;
  readonly preview: PreviewView;
}

export interface ChannelFacts {
  readonly conversationId: string;
  readonly title: string;
  readonly username: string;
  readonly description: string;
  readonly avatarUrl?: string;
  readonly createdAt: number;
  readonly subscribers: number;
  readonly posts: number;
  /** As the server lets this device in: a suspended account has none. */
  readonly role: Role;
  /** All true for the owner. */
  readonly rights: Rights;
  readonly muted: boolean;
  readonly settings: ChannelSettingsView;
  /** Newest pin first. */
  readonly pinned: readonly PinnedView[];
  /** Set while a moderator holds the channel back. */
  readonly takenDownReason?: string;
}

/** Nothing is said until one of these is known: a next leader does not take back what the last one said. */
export type ChannelView =
  | { readonly state: 'ready'; readonly channel: ChannelFacts; readonly stale: boolean }
  | { readonly state: 'failed'; readonly failure: FailureView };

export interface AttachmentView {
  readonly kind: 'photo' | 'video' | 'audio' | 'file';
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  /** Path on this origin. */
  readonly url: string;
  /** Of photos; video and files have none. */
  readonly thumbnailUrl?: string;
  readonly width?: number;
  readonly height?: number;
  /** BlurHash. */
  readonly blur?: string;
  readonly durationMs?: number;
  readonly description?: string;
}

export interface ReactionView {
  readonly emoji: string;
  readonly count: number;
  readonly mine: boolean;
}

export interface ReplyView {
  /** Absent when the answered post is not known here. */
  readonly seq?: number;
  readonly preview?: PreviewView;
}

export interface ForwardView {
  readonly conversationId: string;
  readonly seq: number;
  readonly title: string;
  /** Absent where one may not open the channel, or as long as that is not known. */
  readonly open?: {
    /** Empty where it has none. */
    readonly username: string;
  };
}

export type NoteView =
  | { readonly kind: 'renamed'; readonly title: string }
  | { readonly kind: 'pinned' | 'unpinned'; readonly seq: number }
  | { readonly kind: 'unknown' };

export interface PostView {
  readonly seq: number;
  readonly sentAt: number;
  readonly editedAt?: number;
  readonly deleted: boolean;
  readonly takenDownReason?: string;
  readonly author?: { readonly accountId: string; readonly name: string };
  /** As typed, for editing and copying. */
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments: readonly AttachmentView[];
  /** The first link that stands in the text, for a card that says where it goes. */
  readonly link?: { readonly href: string; readonly host: string; readonly path: string };
  readonly replyTo?: ReplyView;
  readonly forwardedFrom?: ForwardView;
  readonly silent: boolean;
  readonly pinned: boolean;
  readonly views?: number;
  readonly reactions: readonly ReactionView[];
  readonly note?: NoteView;
  /** Says something that this version cannot show. */
  readonly unsupported: boolean;
}

/** One's own post that has no seq yet. */
export interface OutgoingPost {
  /** Stable across reloads. */
  readonly id: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments: readonly OutgoingAttachment[];
  readonly replyTo?: ReplyView;
  readonly queuedAt: number;
  readonly state: 'uploading' | 'sending' | 'failed';
  readonly failure?: FailureView;
  /** Of an edit under way: the post that it changes. */
  readonly edits?: number;
}

export interface OutgoingAttachment {
  readonly uploadId: string;
  readonly kind: AttachmentView['kind'];
  readonly name: string;
  readonly size: number;
  readonly sent: number;
}

export type LogAnchor =
  /** Where reading stopped, or the end when all is read. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'post'; readonly seq: number }
  /** Where somebody was reading before: no post is pointed out. */
  | { readonly kind: 'place'; readonly seq: number };

/** What stands around the posts of a window. */
export interface LogFrame {
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  readonly headSeq: number;
  /** The first post that was unread when the log was opened; the marker stands above it. */
  readonly firstUnreadSeq?: number;
  /** Unread posts below the newest one that was marked read. */
  readonly unread: number;
  readonly outgoing: readonly OutgoingPost[];
}

export type LogEvent =
  /** The window was opened or moved: everything before is void. */
  | {
      readonly kind: 'opened';
      readonly frame: LogFrame;
      /** Ascending by seq. */
      readonly posts: readonly PostView[];
      /** The post to scroll to; absent: the end. */
      readonly at?: { readonly seq: number; readonly reason: 'unread' | 'post' | 'place' };
    }
  /** Posts came in at either end, changed or went; `reason` lets a screen reader announce arrivals. */
  | {
      readonly kind: 'changed';
      readonly frame: LogFrame;
      readonly upserted: readonly PostView[];
      readonly removed: readonly number[];
      readonly reason: 'older' | 'newer' | 'arrived' | 'edited' | 'trimmed' | 'frame';
    }
  | { readonly kind: 'failed'; readonly failure: FailureView };

export type LogTell =
  | { readonly kind: 'older' }
  | { readonly kind: 'newer' }
  | { readonly kind: 'open'; readonly at: LogAnchor }
  /** What is in view, so that a window past its limit drops the far end. */
  | { readonly kind: 'visible'; readonly fromSeq: number; readonly toSeq: number };

export interface LogWatches {
  readonly channel: {
    readonly args: { readonly conversationId: string };
    readonly event: ChannelView;
    readonly tell: never;
  };
  readonly log: {
    readonly args: { readonly conversationId: string; readonly at: LogAnchor };
    readonly event: LogEvent;
    readonly tell: LogTell;
  };
}

export interface LogCommands {
  /** An empty emoji takes the reaction back. */
  readonly react: {
    readonly args: {
      readonly conversationId: string;
      readonly seq: number;
      readonly emoji: string;
    };
    readonly result: null;
  };
  readonly setPinnedPost: {
    readonly args: {
      readonly conversationId: string;
      readonly seq: number;
      readonly pinned: boolean;
    };
    readonly result: null;
  };
}
