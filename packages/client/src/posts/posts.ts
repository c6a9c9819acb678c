import {
  addresses,
  decodeContent,
  messageIdOf,
  originOf,
  parseHouseUri,
  readContent,
} from '@heliogram/content';
import {
  ChannelsService,
  type Entry,
  EntryKind,
  LogService,
  type ScheduledPost,
  ValidationError,
} from '@heliogram/protocol';
import { newAppendId } from '../append-id.ts';
import type { Caller } from '../connection/connection.ts';
import type { Outbox, Outgoing, Posted } from '../outbox/outbox.ts';
import type { Platform } from '../ports.ts';
import { timestampOf } from '../timestamps.ts';
import {
  type ComposedPost,
  composeDraft,
  composeRevision,
  type PostDraft,
  type PostReference,
} from './compose-post.ts';

export interface PostsContext {
  readonly call: Caller;
  readonly outbox: Outbox;
  readonly platform: Pick<Platform, 'scheduler' | 'random'>;
}

/** Where a post goes and who speaks. */
export interface PostTarget {
  readonly conversationId: string;
  /** Set: signed by this account. */
  readonly accountId?: string | undefined;
}

/** Writing into channels: posts, their new versions, forwards, reactions, schedules. */
export class Posts {
  readonly #context: PostsContext;

  constructor(context: PostsContext) {
    this.#context = context;
  }

  /** The bytes of a post before it is enqueued. */
  compose(target: PostTarget, draft: PostDraft): ComposedPost {
    return composeDraft(draft, { ...target, random: this.#context.platform.random });
  }

  /** Enqueues posts in order; see Outbox for what that promises. */
  send(target: PostTarget, drafts: readonly PostDraft[]): Promise<readonly Outgoing[]> {
    const posts = drafts.map((draft) => this.compose(target, draft));
    return this.#context.outbox.enqueue(target.conversationId, posts);
  }

  /** Replaces the text of a post; attachments and what it answers or forwards stay. */
  async edit(conversationId: string, seq: number, text: string): Promise<Posted> {
    return this.#post(conversationId, await this.composeEdit(conversationId, seq, text));
  }

  /** The bytes of such a new version before it is enqueued. Throws `not_found`, `gone`. */
  async composeEdit(conversationId: string, seq: number, text: string): Promise<ComposedPost> {
    const entry = await this.entry(conversationId, seq);
    const original = decodeContent(entry.payload);
    const newest = readable(entry);
    const sender = parseHouseUri(addresses(original).senderUri);
    const { attachments, replyTo, forwardedFrom } = newest;
    return composeRevision(
      {
        text,
        attachments,
        targetSeq: seq,
        replaces: messageIdOf(original, entry.payload),
        ...(replyTo && { replyTo }),
        ...(forwardedFrom && { forwardedFrom }),
      },
      {
        conversationId,
        accountId: sender?.kind === 'account' ? sender.accountId : undefined,
        random: this.#context.platform.random,
      },
    );
  }

  /** Takes a post back for everyone. */
  async delete(conversationId: string, seq: number): Promise<void> {
    const { scheduler, random } = this.#context.platform;
    const appendId = newAppendId(scheduler.now(), random);
    await this.#context.call(LogService.method.redact, { conversationId, seq, appendId });
  }

  /** Posts into `target` what stands at `from`, attributed to where it first stood. */
  async forward(
    from: { readonly conversationId: string; readonly seq: number; readonly title: string },
    target: PostTarget & { readonly silent?: boolean },
  ): Promise<Posted> {
    return this.#post(target.conversationId, await this.composeForward(from, target));
  }

  /** The bytes of a forward before it is enqueued. Throws `not_found`, `gone`. */
  async composeForward(
    from: { readonly conversationId: string; readonly seq: number; readonly title: string },
    target: PostTarget & { readonly silent?: boolean },
  ): Promise<ComposedPost> {
    const entry = await this.entry(from.conversationId, from.seq);
    const post = readable(entry);
    const messageId = messageIdOf(decodeContent(entry.payload), entry.payload);
    const { text, attachments } = post;
    const forwardedFrom = originOf(post, { ...from, messageId });
    const { silent = false } = target;
    return this.compose(target, { text, attachments, forwardedFrom, silent });
  }

  /** Has the server post it at a time, milliseconds since the epoch. */
  async schedule(target: PostTarget, draft: PostDraft, at: number): Promise<string> {
    const { scheduler, random } = this.#context.platform;
    const { payload, silent } = this.compose(target, draft);
    const appendId = draft.appendId ?? newAppendId(scheduler.now(), random);
    const { scheduledId } = await this.#context.call(ChannelsService.method.schedulePost, {
      conversationId: target.conversationId,
      entry: { appendId, payload, silent },
      at: timestampOf(at),
    });
    return scheduledId;
  }

  /** The same post with another text, at another time: files and sound as they are, in place of the one that waits. */
  async reschedule(
    target: PostTarget,
    waiting: Pick<ScheduledPost, 'scheduledId' | 'payload' | 'silent'>,
    change: { readonly text: string; readonly at: number; readonly appendId: Uint8Array },
  ): Promise<string> {
    const { attachments, forwardedFrom } = readPost(waiting.payload, waiting.scheduledId);
    const { text, at, appendId } = change;
    const { payload, silent } = this.compose(target, {
      text,
      attachments,
      ...(forwardedFrom && { forwardedFrom }),
      silent: waiting.silent,
    });
    const { scheduledId } = await this.#context.call(ChannelsService.method.schedulePost, {
      conversationId: target.conversationId,
      entry: { appendId, payload, silent },
      at: timestampOf(at),
      replaces: waiting.scheduledId,
    });
    return scheduledId;
  }

  /** A post as answers to it name it. Throws `not_found`, `gone`. */
  async reference(conversationId: string, seq: number): Promise<PostReference> {
    const { payload } = await this.entry(conversationId, seq);
    return { seq, messageId: messageIdOf(decodeContent(payload), payload) };
  }

  /** A post that is there to be read. Throws `not_found`, or `gone` once it was deleted. */
  async entry(conversationId: string, seq: number): Promise<Entry> {
    const request = { conversationId, afterSeq: seq - 1, limit: 1, fromStart: true };
    const { entries } = await this.#context.call(LogService.method.read, request);
    const entry = entries.find((each) => each.seq === seq);
    if (entry?.kind !== EntryKind.POST) {
      throw new ValidationError('not_found', `post ${seq} does not exist`);
    }
    if (entry.payload.byteLength === 0)
      throw new ValidationError('gone', `post ${seq} was deleted`);
    return entry;
  }

  async #post(conversationId: string, post: ComposedPost): Promise<Posted> {
    const outgoing = await this.#context.outbox.enqueue(conversationId, [post]);
    const [posted] = await Promise.all(outgoing.map((each) => each.posted));
    await this.#context.outbox.reported(outgoing);
    if (!posted) throw new ValidationError('not_found', 'nothing was posted');
    return posted;
  }
}

function readable({ seq, payload, revision }: Entry) {
  return readPost(revision?.payload ?? payload, `${seq}`);
}

function readPost(payload: Uint8Array, name: string) {
  const view = readContent(decodeContent(payload));
  if (view.kind === 'post' || view.kind === 'edit') return view;
  throw new ValidationError('unsupported', `this version cannot read post ${name}`);
}
