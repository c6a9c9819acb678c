import { fromHex } from '@heliogram/client';
import { decodeContent, readContent, shownBlocks, showsText } from '@heliogram/content';
import {
  ChannelsService,
  errorFromCode,
  type ScheduledPost,
  ValidationError,
} from '@heliogram/protocol';
import type {
  DraftEvent,
  PublishingCommands,
  PublishingWatches,
  ScheduledView,
} from '../../bridge/contract/publishing.ts';
import { failureView } from '../failure.ts';
import type { CommandHandlers, WatchHandlers } from '../hub/handlers.ts';
import { readListed } from '../log/listed.ts';
import { attachmentView } from '../log/post-views.ts';
import { previewOf } from '../previews.ts';
import type { House } from '../session/house.ts';
import { soon } from '../soon.ts';
import type { Dispatches } from './dispatches.ts';
import type { Drafts, DraftTurn } from './drafts.ts';
import { forward } from './forwarding.ts';
import type { OutgoingPosts } from './outgoing.ts';
import { targetOf } from './target.ts';
import type { Uploads } from './uploads.ts';

type Commands = Pick<CommandHandlers, keyof PublishingCommands>;

export interface PublishingRooms {
  readonly drafts: Drafts;
  readonly uploads: Uploads;
  readonly dispatches: Dispatches;
  readonly outgoing: OutgoingPosts;
}

export function publishingWatches(
  house: House,
  { drafts, uploads, dispatches }: PublishingRooms,
): Pick<WatchHandlers, keyof PublishingWatches> {
  return {
    refusals: (_args, emit) => {
      const show = () => emit(dispatches.refusals);
      const end = dispatches.changes.on(show);
      show();
      return { end };
    },
    draft: ({ conversationId }, emit) => {
      const show = async () => emit(await draftEvent(house, { drafts, uploads }, conversationId));
      const mine = (changed: string) => {
        if (changed === conversationId) show().catch(() => undefined);
      };
      const ends = [drafts.changes.on(mine), uploads.changes.on(mine)];
      mine(conversationId);
      return {
        end: () => {
          for (const end of ends) end();
          drafts.left(conversationId);
        },
      };
    },
  };
}

async function draftEvent(
  house: House,
  { drafts, uploads }: Pick<PublishingRooms, 'drafts' | 'uploads'>,
  conversationId: string,
): Promise<DraftEvent> {
  const { text, replyTo, editing, attachments } = await drafts.read(conversationId);
  const draft = {
    text,
    uploads: attachments.flatMap((id) => uploads.view(id) ?? []),
    ...(replyTo !== null && { replyTo }),
    ...(editing !== null && { edits: editing }),
  };
  const onlyHere = drafts.isOnlyHere(conversationId) && ({ onlyHere: true } as const);
  const seq = replyTo ?? editing;
  if (seq === null) return { draft, ...onlyHere };
  const entry = await readListed(soon(house), conversationId, seq).catch(() => undefined);
  const preview = entry && previewOf(conversationId, entry);
  return { draft, ...onlyHere, replyTo: { seq, ...(preview && { preview }) } };
}

export function publishingCommands(house: House, rooms: PublishingRooms): Commands {
  return { ...drafting(rooms), ...posting(house, rooms), ...scheduling(house) };
}

type Drafting = 'saveDraft' | 'addUpload' | 'retryUpload' | 'removeUpload' | 'orderUploads';

function drafting({ drafts, uploads }: PublishingRooms): Pick<Commands, Drafting> {
  return {
    saveDraft: ({ conversationId, text, replyTo, edits, writtenAt }) =>
      drafts.inTurn(conversationId, async ({ changedAt, change }) => {
        if (writtenAt !== undefined && writtenAt < changedAt) return null;
        await change({ text, replyTo: replyTo ?? null, editing: edits ?? null });
        return null;
      }),
    addUpload: ({ conversationId, file, as }) =>
      drafts.inTurn(conversationId, async ({ draft: { attachments }, change }) => {
        const uploadId = await uploads.add(conversationId, file, as);
        await change({ attachments: [...attachments, uploadId] });
        return { uploadId };
      }),
    retryUpload: async ({ uploadId }) => {
      uploads.retry(uploadId);
      return null;
    },
    removeUpload: async ({ uploadId }) => {
      const conversationId = uploads.conversationOf(uploadId);
      if (conversationId === undefined) return null;
      return drafts.inTurn(conversationId, async ({ draft: { attachments }, change }) => {
        await change({ attachments: attachments.filter((id) => id !== uploadId) });
        await uploads.remove([uploadId]);
        return null;
      });
    },
    orderUploads: ({ conversationId, uploadIds }) =>
      drafts.inTurn(conversationId, async ({ draft: { attachments }, change }) => {
        const known = uploadIds.filter((id) => attachments.includes(id));
        const rest = attachments.filter((id) => !known.includes(id));
        await change({ attachments: [...known, ...rest] });
        return null;
      }),
  };
}

type Posting =
  | 'postDraft'
  | 'retryOutgoing'
  | 'discardOutgoing'
  | 'editPost'
  | 'deletePosts'
  | 'undoDelete'
  | 'forgetRefusal'
  | 'forward';

const emptied = { text: '', replyTo: null, attachments: [] };

function posting(house: House, rooms: PublishingRooms): Pick<Commands, Posting> {
  const { drafts, dispatches, outgoing } = rooms;
  const { platform } = house;
  return {
    postDraft: (post) =>
      drafts.inTurn(post.conversationId, (turn) => postDraft(house, dispatches, { post, turn })),
    retryOutgoing: async ({ id }) => {
      await outgoing.retry(id);
      return null;
    },
    discardOutgoing: async ({ id }) => {
      await outgoing.discard(id);
      return null;
    },
    editPost: async ({ id, conversationId, seq, text }) => {
      const queuedAt = platform.scheduler.now();
      const where = { conversationId, seq, text, queuedAt };
      await dispatches.add({ kind: 'edit', id, ...where, appendId: id });
      return null;
    },
    deletePosts: async ({ id, conversationId, seqs, afterMs }) => {
      const dueAt = platform.scheduler.now() + afterMs;
      await dispatches.add({ kind: 'delete', id, conversationId, seqs, dueAt });
      return null;
    },
    undoDelete: async ({ id }) => {
      await dispatches.takeBack(id);
      return null;
    },
    forgetRefusal: async ({ id }) => {
      await dispatches.takeBack(id);
      return null;
    },
    forward: (request) => forward(house, dispatches, request),
  };
}

async function postDraft(
  { platform }: House,
  dispatches: Dispatches,
  {
    post,
    turn,
  }: { readonly post: PublishingCommands['postDraft']['args']; readonly turn: DraftTurn },
): Promise<null> {
  const { id, conversationId, text, silent, scheduledAt } = post;
  const { text: written, replyTo, attachments } = turn.draft;
  // Asked again, it is answered again: what was begun since is another post's.
  if (await dispatches.knows(id)) {
    if (written === text) await turn.change(emptied);
    return null;
  }
  if (!showsText(text, 'markdown') && attachments.length === 0) {
    throw new ValidationError('invalid_argument', 'a post has text or files');
  }
  await dispatches.add({
    kind: 'post',
    id,
    conversationId,
    text,
    replyTo,
    uploads: attachments,
    silent,
    scheduledAt: scheduledAt ?? null,
    queuedAt: platform.scheduler.now(),
    // Asked again after it was forgotten here, the log still has it once.
    appendId: id,
  });
  await turn.change(emptied);
  return null;
}

type Scheduling = 'listScheduled' | 'editScheduled' | 'cancelScheduled';

function scheduling(house: House): Pick<Commands, Scheduling> {
  const call = soon(house);
  return {
    listScheduled: async ({ conversationId }) => {
      const answer = await call(ChannelsService.method.listScheduledPosts, { conversationId });
      return answer.posts.map(scheduledView);
    },
    editScheduled: async ({ id, conversationId, scheduledId, text, at }) => {
      const { posts } = await call(ChannelsService.method.listScheduledPosts, { conversationId });
      const waiting = posts.find((each) => each.scheduledId === scheduledId);
      if (!waiting) throw new ValidationError('not_found', 'scheduled post not found');
      const target = await targetOf(house, conversationId);
      await house.client.posts.reschedule(target, waiting, { text, at, appendId: fromHex(id) });
      return null;
    },
    cancelScheduled: async (which) => {
      await call(ChannelsService.method.cancelScheduledPost, which);
      return null;
    },
  };
}

function scheduledView({
  scheduledId,
  at,
  payload,
  silent,
  failure,
}: ScheduledPost): ScheduledView {
  const view = readContent(decodeContent(payload));
  const isPost = view.kind === 'post' || view.kind === 'edit';
  const text = isPost ? view.text : '';
  return {
    scheduledId,
    at: Number(at?.seconds ?? 0n) * 1_000,
    text,
    blocks: shownBlocks(text),
    attachments: isPost ? view.attachments.flatMap(attachmentView) : [],
    silent,
    ...(failure && { failure: failureView(errorFromCode(failure.code, failure.message)) }),
  };
}
