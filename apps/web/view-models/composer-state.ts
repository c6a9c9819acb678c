import { showsText } from '@heliogram/content';
import type { ReplyView } from '../bridge/contract/log.ts';
import type { DraftEvent, UploadView } from '../bridge/contract/publishing.ts';

/** What is being written. */
export interface ComposerState {
  /** The draft of before is here. */
  readonly loaded: boolean;
  readonly text: string;
  readonly replyTo?: number;
  /** The post that is being changed. */
  readonly edits?: number;
  /** How the answered or changed post looks, once known. */
  readonly reply?: ReplyView;
  readonly uploads: readonly UploadView[];
  readonly silent: boolean;
  /** Where the draft is kept beside this page: on all devices, on this one, or nowhere as it is too long. */
  readonly kept: 'everywhere' | 'here' | 'nowhere';
  /** What was written before an edit began; it comes back after. */
  readonly stashed?: { readonly text: string; readonly replyTo?: number };
  /** Grows each time the writer should have the cursor. */
  readonly focusAsked: number;
}

export const emptyComposer: ComposerState = {
  loaded: false,
  text: '',
  uploads: [],
  silent: false,
  kept: 'everywhere',
  focusAsked: 0,
};

/** `settled`: nothing written here is still on its way to the worker, so what it says is newer. */
export function takeDraft(
  state: ComposerState,
  { draft, replyTo, onlyHere }: DraftEvent,
  settled: boolean,
): ComposerState {
  const { uploads } = draft;
  // What is too long to be kept at all is not what the worker has.
  if (state.kept === 'nowhere' && draft.text !== state.text) return { ...state, uploads };
  const kept = onlyHere ? 'here' : 'everywhere';
  if (!settled && (state.loaded || state.edits !== undefined)) {
    return withReply({ ...state, loaded: true, uploads, kept }, replyTo);
  }
  // Who was quicker than the draft has written on behind it.
  const written = settled ? '' : state.text;
  const { replyTo: _, edits: __, ...rest } = state;
  const next: ComposerState = {
    ...rest,
    loaded: true,
    text: draft.text + written,
    uploads,
    kept,
    ...(draft.replyTo === undefined ? {} : { replyTo: draft.replyTo }),
    ...(draft.edits === undefined ? {} : { edits: draft.edits }),
  };
  return withReply(next, replyTo);
}

function withReply(state: ComposerState, reply: ReplyView | undefined): ComposerState {
  const { reply: _, ...rest } = state;
  const wanted = state.edits ?? state.replyTo;
  return reply && wanted !== undefined && reply.seq === wanted ? { ...rest, reply } : rest;
}

export function beginReply(state: ComposerState, seq: number): ComposerState {
  const { reply: _, ...rest } = state.edits === undefined ? state : endEdit(state);
  return { ...rest, replyTo: seq, focusAsked: state.focusAsked + 1 };
}

export function beginEdit(
  state: ComposerState,
  post: { readonly seq: number; readonly text: string },
): ComposerState {
  const { reply: _, replyTo, edits, ...rest } = state;
  const kept = { text: state.text, ...(replyTo === undefined ? {} : { replyTo }) };
  const stashed = edits === undefined ? kept : state.stashed;
  return {
    ...rest,
    text: post.text,
    edits: post.seq,
    ...(stashed ? { stashed } : {}),
    focusAsked: state.focusAsked + 1,
  };
}

/** Leaves an answer or an edit; of an edit what was written before comes back. */
export function leaveMode(state: ComposerState): ComposerState {
  if (state.edits !== undefined) return endEdit(state);
  const { reply: _, replyTo: __, ...rest } = state;
  return rest;
}

function endEdit(state: ComposerState): ComposerState {
  const { edits: _, reply: __, stashed, replyTo: ___, ...rest } = state;
  return {
    ...rest,
    text: stashed?.text ?? '',
    ...(stashed?.replyTo === undefined ? {} : { replyTo: stashed.replyTo }),
  };
}

/** After posting: everything that went out is gone; `silent` is chosen anew for each post. */
export function afterPosting(state: ComposerState): ComposerState {
  const { reply: _, replyTo: __, edits: ___, ...rest } = state;
  return { ...rest, text: '', uploads: [], silent: false };
}

export type Readiness = 'ready' | 'empty' | 'too-long' | 'upload-failed';

/** Uploads may still be under way: the post waits for them. */
export function readiness(state: ComposerState, tooLong: boolean): Readiness {
  if (tooLong) return 'too-long';
  if (state.edits === undefined && state.uploads.some(({ state: at }) => at === 'failed')) {
    return 'upload-failed';
  }
  const hasUploads = state.edits === undefined && state.uploads.length > 0;
  return !hasUploads && !showsText(state.text, 'markdown') ? 'empty' : 'ready';
}

/** Moves one id by `by` places; the same order where it cannot go. */
export function moveUpload(ids: readonly string[], id: string, by: number): readonly string[] {
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length || by === 0) return ids;
  return ids.toSpliced(from, 1).toSpliced(to, 0, id);
}
