import { fromBinary } from '@bufbuild/protobuf';
import {
  asHeliogramError,
  fromHex,
  newAppendId,
  type PostDraft,
  type PostTarget,
  type Timer,
} from '@heliogram/client';
import {
  type Channel,
  ChannelSchema,
  ChannelsService,
  LogService,
  ValidationError,
} from '@heliogram/protocol';
import type { FailureView } from '../../bridge/contract/session.ts';
import { Changes } from '../changes.ts';
import { failureView } from '../failure.ts';
import type { House } from '../session/house.ts';
import type { Uploads } from './uploads.ts';

/** What a person has let go of and the outbox cannot take yet: it waits for files, or for its time. */
export type Dispatch = PostDispatch | DeleteDispatch;

export interface PostDispatch {
  readonly kind: 'post';
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly replyTo: number | null;
  readonly uploads: readonly string[];
  readonly silent: boolean;
  readonly scheduledAt: number | null;
  readonly queuedAt: number;
  /** Hex: the entry's id in the log, so that it is there once. */
  readonly appendId: string;
  readonly failure?: FailureView;
}

export interface DeleteDispatch {
  readonly kind: 'delete';
  readonly id: string;
  readonly conversationId: string;
  readonly seqs: readonly number[];
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
}

/** A finished one is remembered so long, for a command that comes again. */
const rememberMs = 3_600_000;

/** Durable before it is acknowledged; each is done once, over reloads and changes of the leading tab. */
export class Dispatches {
  /** Of a conversation. */
  readonly changes = new Changes<string>();
  readonly #house: House;
  readonly #uploads: Uploads;
  readonly #waiting = new Map<string, Dispatch>();
  readonly #running = new Set<string>();
  readonly #alarms = new Map<string, Timer>();

  constructor(house: House, uploads: Uploads) {
    this.#house = house;
    this.#uploads = uploads;
  }

  async start(): Promise<void> {
    const { store, platform } = this.#house;
    const kept = await store.records.all('dispatch');
    const now = platform.scheduler.now();
    const old: string[] = [];
    for (const [id, text] of kept) {
      const dispatch = parseKept(text);
      if (dispatch.kind !== 'done') this.#waiting.set(id, dispatch);
      else if (dispatch.at < now - rememberMs) old.push(id);
    }
    await store.records.delete('dispatch', old);
    this.#uploads.changes.on(() => this.#runAll());
    this.#runAll();
  }

  /** Resolves once it is kept; the same id again is the same dispatch. */
  async add(dispatch: Dispatch): Promise<void> {
    const { records } = this.#house.store;
    const { id } = dispatch;
    const text = JSON.stringify(dispatch);
    const kept = await records.putIfAbsent('dispatch', new Map([[id, text]]));
    if (kept.get(id) !== text) return;
    this.#waiting.set(id, dispatch);
    this.changes.tell(dispatch.conversationId);
    void this.#run(dispatch);
  }

  /** Taken in before, maybe by a tab that led then. */
  async knows(id: string): Promise<boolean> {
    return (await this.#house.store.records.get('dispatch', [id])).size > 0;
  }

  posts(conversationId: string): readonly PostDispatch[] {
    return [...this.#waiting.values()].filter(
      (each): each is PostDispatch =>
        each.kind === 'post' && each.conversationId === conversationId,
    );
  }

  /** Seqs that are about to be deleted. */
  deleting(conversationId: string): ReadonlySet<number> {
    const deletions = [...this.#waiting.values()].filter(
      (each): each is DeleteDispatch =>
        each.kind === 'delete' && each.conversationId === conversationId,
    );
    return new Set(deletions.flatMap(({ seqs }) => seqs));
  }

  /** Undoes what has not been done. */
  async takeBack(id: string): Promise<boolean> {
    const dispatch = this.#waiting.get(id);
    if (!dispatch || this.#running.has(id)) return false;
    this.#waiting.delete(id);
    this.#alarms.get(id)?.cancel();
    await this.#house.store.records.delete('dispatch', [id]);
    if (dispatch.kind === 'post') await this.#uploads.remove(dispatch.uploads);
    this.changes.tell(dispatch.conversationId);
    return true;
  }

  async retry(id: string): Promise<boolean> {
    const dispatch = this.#waiting.get(id);
    if (dispatch?.kind !== 'post') return false;
    const { failure, ...again } = dispatch;
    await this.#keep(again);
    for (const upload of dispatch.uploads) this.#uploads.retry(upload);
    void this.#run(again);
    return true;
  }

  #runAll(): void {
    for (const dispatch of this.#waiting.values()) void this.#run(dispatch);
  }

  async #run(dispatch: Dispatch): Promise<void> {
    if (this.#running.has(dispatch.id) || !this.#isReady(dispatch)) return;
    this.#running.add(dispatch.id);
    try {
      if (dispatch.kind === 'post') await this.#post(dispatch);
      else await this.#delete(dispatch);
      await this.#finish(dispatch);
    } catch (error) {
      await this.#refused(dispatch, error);
    } finally {
      this.#running.delete(dispatch.id);
    }
  }

  #isReady(dispatch: Dispatch): boolean {
    if (dispatch.kind === 'post') {
      if (dispatch.failure) return false;
      return dispatch.uploads.every((id) => this.#isSettled(id));
    }
    const { scheduler } = this.#house.platform;
    const remainingMs = dispatch.dueAt - scheduler.now();
    if (remainingMs <= 0) return true;
    this.#alarms.get(dispatch.id)?.cancel();
    const alarm = scheduler.after(remainingMs, () => void this.#run(dispatch));
    this.#alarms.set(dispatch.id, alarm);
    return false;
  }

  /** Checked by the server, or gone from here, which the post is then refused for. */
  #isSettled(uploadId: string): boolean {
    return this.#uploads.attachment(uploadId) !== undefined || !this.#uploads.view(uploadId);
  }

  async #post(dispatch: PostDispatch): Promise<void> {
    const { client } = this.#house;
    const target = await this.#target(dispatch.conversationId);
    const draft = await this.#draft(dispatch);
    const appendId = fromHex(dispatch.appendId);
    if (dispatch.scheduledAt !== null) {
      await client.posts.schedule(target, { ...draft, appendId }, dispatch.scheduledAt);
      return;
    }
    const composed = client.posts.compose(target, draft);
    await client.outbox.enqueue(dispatch.conversationId, [{ ...composed, appendId }]);
  }

  async #draft({
    text,
    replyTo,
    uploads,
    silent,
    conversationId,
  }: PostDispatch): Promise<PostDraft> {
    const attachments = uploads.map((id) => {
      const attachment = this.#uploads.attachment(id);
      if (attachment) return attachment;
      throw new ValidationError('gone', 'a file of this post is not here any more');
    });
    if (replyTo === null) return { text, attachments, silent };
    const reference = await this.#house.client.posts.reference(conversationId, replyTo);
    return { text, attachments, silent, replyTo: reference };
  }

  /** Signed by this account where the channel signs its posts. */
  async #target(conversationId: string): Promise<PostTarget> {
    const { keys } = this.#house;
    const channel = await this.#channel(conversationId);
    const signs = channel?.settings?.signPosts ?? false;
    return { conversationId, ...(signs && keys && { accountId: keys.accountId }) };
  }

  /** As it is kept, so that a post goes into the outbox without a network. */
  async #channel(conversationId: string): Promise<Channel | undefined> {
    const { client, store } = this.#house;
    const [cached] = await store.chats.get([conversationId]);
    if (cached?.channel) return fromBinary(ChannelSchema, cached.channel);
    const ref = { case: 'conversationId', value: conversationId } as const;
    return (await client.call(ChannelsService.method.getChannel, { ref })).channel;
  }

  async #delete({ conversationId, seqs }: DeleteDispatch): Promise<void> {
    const { client, platform } = this.#house;
    await client.connection.ready();
    for (const seq of seqs) {
      const appendId = newAppendId(platform.scheduler.now(), platform.random);
      const request = { conversationId, seq, appendId };
      try {
        await client.connection.call(LogService.method.redact, request);
      } catch (error) {
        // Deleted meanwhile: that is what was wanted.
        if (asHeliogramError(error).code !== 'gone') throw error;
      }
    }
  }

  async #finish(dispatch: Dispatch): Promise<void> {
    const done = { kind: 'done', at: this.#house.platform.scheduler.now() };
    await this.#house.store.records.put('dispatch', new Map([[dispatch.id, JSON.stringify(done)]]));
    this.#waiting.delete(dispatch.id);
    if (dispatch.kind === 'post') await this.#uploads.remove(dispatch.uploads);
    this.changes.tell(dispatch.conversationId);
  }

  async #refused(dispatch: Dispatch, error: unknown): Promise<void> {
    const { client, platform } = this.#house;
    if (client.connection.closed) return;
    if (asHeliogramError(error).retry) {
      platform.scheduler.after(retryAfterMs, () => {
        const waiting = this.#waiting.get(dispatch.id);
        if (waiting) void this.#run(waiting);
      });
      return;
    }
    if (dispatch.kind === 'post') await this.#keep({ ...dispatch, failure: failureView(error) });
    else await this.#finish(dispatch);
  }

  async #keep(dispatch: PostDispatch): Promise<void> {
    this.#waiting.set(dispatch.id, dispatch);
    const { records } = this.#house.store;
    await records.put('dispatch', new Map([[dispatch.id, JSON.stringify(dispatch)]]));
    this.changes.tell(dispatch.conversationId);
  }
}

const retryAfterMs = 2_000;

type Kept = Dispatch | { readonly kind: 'done'; readonly at: number };

/** Written by this program alone; one of a later version waits for it. */
function parseKept(text: string): Kept {
  return JSON.parse(text) as Kept;
}
