import { asHeliogramError, type Timer } from '@heliogram/client';
import { ValidationError } from '@heliogram/protocol';
import type { RefusalView } from '../../bridge/contract/publishing.ts';
import type { FailureView } from '../../bridge/contract/session.ts';
import { Changes } from '../changes.ts';
import { failureView } from '../failure.ts';
import type { House } from '../session/house.ts';
import type { DeleteDispatch, Dispatch, EditDispatch, PostDispatch } from './dispatch.ts';
import { DispatchWork, PartlyRefused } from './dispatch-work.ts';
import type { Uploads } from './uploads.ts';

/** A finished one is remembered so long, for a command that comes again. */
const rememberMs = 3_600_000;
const retryAfterMs = 2_000;
/** So many may wait at once; more is refused, and stays with whoever wrote it. */
const maxWaiting = 1_000;

/** Durable before it is acknowledged; each is done once, over reloads and changes of the leading tab. */
export class Dispatches {
  /** Of a conversation. */
  readonly changes = new Changes<string>();
  readonly #house: House;
  readonly #uploads: Uploads;
  readonly #work: DispatchWork;
  readonly #waiting = new Map<string, Dispatch>();
  readonly #running = new Set<string>();
  readonly #alarms = new Map<string, Timer>();
  /** Somebody waits for their outcome. */
  readonly #awaited = new Set<string>();

  constructor(house: House, uploads: Uploads) {
    this.#house = house;
    this.#uploads = uploads;
    this.#work = new DispatchWork(house, uploads);
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
    for (const dispatch of this.#waiting.values()) this.changes.tell(dispatch.conversationId);
    this.#runAll();
  }

  /** Resolves once it is kept; the same id again is the same dispatch. */
  async add(dispatch: Dispatch): Promise<void> {
    if (this.#waiting.size >= maxWaiting) {
      throw new ValidationError('limit_reached', `${maxWaiting} posts and changes wait already`);
    }
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

  /**
   * Done, or why not; `waiting` when that takes longer than `patienceMs`. A refusal told here is forgotten:
   * the same id may be added again.
   */
  async outcome(id: string, patienceMs: number): Promise<'done' | 'waiting' | FailureView> {
    this.#awaited.add(id);
    const outcome = await this.#outcome(id, patienceMs);
    this.#awaited.delete(id);
    const refused = this.#waiting.get(id);
    if (refused?.failure) await this.#forget(refused);
    return outcome;
  }

  #outcome(id: string, patienceMs: number): Promise<'done' | 'waiting' | FailureView> {
    const { promise, resolve } = Promise.withResolvers<'done' | 'waiting' | FailureView>();
    const look = () => {
      const dispatch = this.#waiting.get(id);
      if (!dispatch) resolve('done');
      else if (dispatch.failure) resolve(dispatch.failure);
    };
    const end = this.changes.on(look);
    const timer = this.#house.platform.scheduler.after(patienceMs, () => resolve('waiting'));
    look();
    return promise.finally(() => {
      end();
      timer.cancel();
    });
  }

  /** What shows in a conversation as long as it is on its way. */
  writings(conversationId: string): readonly (PostDispatch | EditDispatch)[] {
    return [...this.#waiting.values()].filter(
      (each): each is PostDispatch | EditDispatch =>
        (each.kind === 'post' || each.kind === 'edit') && each.conversationId === conversationId,
    );
  }

  /** Seqs that are about to be deleted. */
  deleting(conversationId: string): ReadonlySet<number> {
    const deletions = [...this.#waiting.values()].filter(
      (each): each is DeleteDispatch =>
        each.kind === 'delete' && !each.failure && each.conversationId === conversationId,
    );
    return new Set(deletions.flatMap(({ seqs }) => seqs));
  }

  /** What was refused and shows nowhere: a person is to be told. */
  get refusals(): readonly RefusalView[] {
    return [...this.#waiting.values()].flatMap((each): RefusalView[] => {
      if (!each.failure || (each.kind !== 'delete' && each.kind !== 'forward')) return [];
      if (this.#awaited.has(each.id)) return [];
      const { id, kind, conversationId, failure } = each;
      const { length: count } = each.kind === 'delete' ? each.seqs : each.from.seqs;
      return [{ id, kind, conversationId, count, failure }];
    });
  }

  /** Undoes what has not been done; also forgets what was refused. */
  async takeBack(id: string): Promise<boolean> {
    const dispatch = this.#waiting.get(id);
    if (!dispatch || this.#running.has(id)) return false;
    await this.#forget(dispatch);
    return true;
  }

  async #forget(dispatch: Dispatch): Promise<void> {
    const { id } = dispatch;
    this.#waiting.delete(id);
    this.#alarms.get(id)?.cancel();
    await this.#house.store.records.delete('dispatch', [id]);
    if (dispatch.kind === 'post') await this.#uploads.remove(dispatch.uploads);
    this.#ended(dispatch);
  }

  async retry(id: string): Promise<boolean> {
    const dispatch = this.#waiting.get(id);
    if (!dispatch) return false;
    const { failure, ...again } = dispatch;
    await this.#keep(again);
    if (again.kind === 'post') for (const upload of again.uploads) this.#uploads.retry(upload);
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
      await this.#work.do(dispatch);
      await this.#finish(dispatch);
    } catch (error) {
      await this.#refused(dispatch, error);
    } finally {
      this.#running.delete(dispatch.id);
    }
  }

  #isReady(dispatch: Dispatch): boolean {
    if (dispatch.failure) return false;
    switch (dispatch.kind) {
      case 'post':
        return dispatch.uploads.every((id) => this.#isSettled(id));
      case 'edit':
        return this.#isNext(dispatch);
      case 'forward':
        return true;
      case 'delete':
        return this.#isDue(dispatch);
    }
  }

  /** Changes of one post are made in the order in which they were written. */
  #isNext({ id, conversationId, seq }: EditDispatch): boolean {
    const first = this.writings(conversationId).find(
      (each) => each.kind === 'edit' && each.seq === seq && !each.failure,
    );
    return first?.id === id;
  }

  #isDue(dispatch: DeleteDispatch): boolean {
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

  async #finish(dispatch: Dispatch): Promise<void> {
    const done = { kind: 'done', at: this.#house.platform.scheduler.now() };
    await this.#house.store.records.put('dispatch', new Map([[dispatch.id, JSON.stringify(done)]]));
    this.#waiting.delete(dispatch.id);
    if (dispatch.kind === 'post') await this.#uploads.remove(dispatch.uploads);
    this.#ended(dispatch);
  }

  #ended({ kind, conversationId }: Dispatch): void {
    this.changes.tell(conversationId);
    // A later change of the same post has waited for this one.
    if (kind === 'edit') this.#runAll();
  }

  async #refused(dispatch: Dispatch, thrown: unknown): Promise<void> {
    const { client, platform } = this.#house;
    if (client.connection.closed) return;
    const error = thrown instanceof PartlyRefused ? thrown.cause : thrown;
    if (asHeliogramError(error).retry) {
      platform.scheduler.after(retryAfterMs, () => {
        const waiting = this.#waiting.get(dispatch.id);
        if (waiting) void this.#run(waiting);
      });
      return;
    }
    const partly = dispatch.kind === 'delete' && thrown instanceof PartlyRefused;
    const rest = partly ? { ...dispatch, seqs: thrown.seqs } : dispatch;
    await this.#keep({ ...rest, failure: failureView(error) });
    this.#ended(dispatch);
  }

  async #keep(dispatch: Dispatch): Promise<void> {
    this.#waiting.set(dispatch.id, dispatch);
    const { records } = this.#house.store;
    await records.put('dispatch', new Map([[dispatch.id, JSON.stringify(dispatch)]]));
    this.changes.tell(dispatch.conversationId);
  }
}

type Kept = Dispatch | { readonly kind: 'done'; readonly at: number };

/** Written by this program alone; one of a later version waits for it. */
function parseKept(text: string): Kept {
  return JSON.parse(text) as Kept;
}
