/** Writing: drafts, uploads, posts on their way, scheduled posts. */
import type { AttachmentView, Block, ReplyView } from './log.ts';
import type { FailureView } from './session.ts';

export interface DraftView {
  readonly text: string;
  /** Of an answer. */
  readonly replyTo?: number;
  /** Uploads of this draft in the order of the album. */
  readonly uploads: readonly UploadView[];
  /** Set when this draft changes a post. */
  readonly edits?: number;
}

export interface UploadView {
  readonly uploadId: string;
  readonly kind: AttachmentView['kind'];
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  /** `checking`: all bytes are there, the server looks at them. */
  readonly state: 'waiting' | 'uploading' | 'checking' | 'done' | 'failed';
  readonly failure?: FailureView;
  readonly width?: number;
  readonly height?: number;
  /** Why a picture, video or audio goes out as a file. */
  readonly keptAsFile?: KeptAsFile;
}

export type KeptAsFile = 'format' | 'damaged' | 'tooLarge' | 'animation';

export interface DraftEvent {
  readonly draft: DraftView;
  /** It does not go along to the account's other devices: it is too long, or there is too much already. */
  readonly onlyHere?: true;
  /** The post that the draft answers or changes. */
  readonly replyTo?: ReplyView;
}

export interface ScheduledView {
  readonly scheduledId: string;
  readonly at: number;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments: readonly AttachmentView[];
  readonly silent: boolean;
  /** Why it could not be posted when its time came. */
  readonly failure?: FailureView;
}

/** What became of a forward into one channel. */
export type ForwardOutcome = { readonly conversationId: string } & (
  | { readonly state: 'forwarded' }
  /** It is kept here and goes out later. */
  | { readonly state: 'waiting' }
  | { readonly state: 'failed'; readonly failure: FailureView }
);

/** What was to happen and was refused for good, when nobody waited for the answer. */
export interface RefusalView {
  readonly id: string;
  readonly kind: 'delete' | 'forward';
  /** Where it was to happen. */
  readonly conversationId: string;
  /** Of posts. */
  readonly count: number;
  readonly failure: FailureView;
}

export interface PublishingCommands {
  /** Replaces what is written; uploads stay as they are. */
  readonly saveDraft: {
    readonly args: {
      readonly conversationId: string;
      readonly text: string;
      readonly replyTo?: number;
      readonly edits?: number;
      /** Milliseconds since the epoch: nothing is replaced that was written after it. */
      readonly writtenAt?: number;
    };
    readonly result: null;
  };
  /** Begins to upload at once; the file is kept here until it is posted, so a reload resumes. */
  readonly addUpload: {
    readonly args: {
      readonly conversationId: string;
      readonly file: File;
      /** `file`: byte for byte as it is, no preview; `media`: photo, video or audio by its content. */
      readonly as: 'media' | 'file';
    };
    readonly result: { readonly uploadId: string };
  };
  readonly retryUpload: { readonly args: { readonly uploadId: string }; readonly result: null };
  /** Also cancels. */
  readonly removeUpload: { readonly args: { readonly uploadId: string }; readonly result: null };
  /** The new order of a draft's album. */
  readonly orderUploads: {
    readonly args: { readonly conversationId: string; readonly uploadIds: readonly string[] };
    readonly result: null;
  };
  /**
   * Posts the draft and empties it. Resolves once the post is durable here; it is sent when its
   * uploads are done. `id`, 16 bytes in hex chosen by the caller, makes repeating it harmless.
   */
  readonly postDraft: {
    readonly args: {
      readonly id: string;
      readonly conversationId: string;
      readonly text: string;
      readonly silent: boolean;
      /** Milliseconds since the epoch: the server posts it then. */
      readonly scheduledAt?: number;
    };
    readonly result: null;
  };
  readonly retryOutgoing: { readonly args: { readonly id: string }; readonly result: null };
  /** Takes back what was refused or has not been sent. */
  readonly discardOutgoing: { readonly args: { readonly id: string }; readonly result: null };
  /** Resolves once the change is durable here, also without a network. */
  readonly editPost: {
    readonly args: {
      /** As that of `postDraft`. */
      readonly id: string;
      readonly conversationId: string;
      readonly seq: number;
      readonly text: string;
    };
    readonly result: null;
  };
  /** Happens after `afterMs` unless undone, also when this tab is closed meanwhile. */
  readonly deletePosts: {
    readonly args: {
      readonly id: string;
      readonly conversationId: string;
      readonly seqs: readonly number[];
      readonly afterMs: number;
    };
    readonly result: null;
  };
  readonly undoDelete: { readonly args: { readonly id: string }; readonly result: null };
  /** Told what became of a refused deletion or forward: it is not told again. */
  readonly forgetRefusal: { readonly args: { readonly id: string }; readonly result: null };
  /**
   * Each target for itself, once it is durable here. The same id again forwards nothing twice and tries
   * what was refused once more.
   */
  readonly forward: {
    readonly args: {
      readonly id: string;
      readonly from: { readonly conversationId: string; readonly seqs: readonly number[] };
      readonly to: readonly string[];
      readonly silent: boolean;
    };
    readonly result: readonly ForwardOutcome[];
  };
  readonly listScheduled: {
    readonly args: { readonly conversationId: string };
    readonly result: readonly ScheduledView[];
  };
  /** Another text, another time; files and sound stay. It waits in place of the one before. */
  readonly editScheduled: {
    readonly args: {
      /** As that of `postDraft`. */
      readonly id: string;
      readonly conversationId: string;
      readonly scheduledId: string;
      readonly text: string;
      readonly at: number;
    };
    readonly result: null;
  };
  readonly cancelScheduled: {
    readonly args: { readonly conversationId: string; readonly scheduledId: string };
    readonly result: null;
  };
}

export interface PublishingWatches {
  readonly draft: {
    readonly args: { readonly conversationId: string };
    readonly event: DraftEvent;
    readonly tell: never;
  };
  /** All that nobody was told of yet. */
  readonly refusals: {
    readonly args: null;
    readonly event: readonly RefusalView[];
    readonly tell: never;
  };
}
