import type { Draft } from '@heliogram/client';
import { Changes } from '../changes.ts';
import type { SharedDraft, SharedState } from '../own-state/shared-state.ts';
import type { House } from '../session/house.ts';

/** A draft in the hands of the one who works on it now. */
export interface DraftTurn {
  readonly draft: Draft;
  /** When it was last written or emptied here, or on another device that this one heard of. */
  readonly changedAt: number;
  change(change: Partial<Omit<Draft, 'changedAt'>>): Promise<void>;
}

/**
 * What is being written in each conversation: kept on this device, its text on every device of the
 * account. Whoever changes one does it in turn, so that files chosen at once are all in it, and a post
 * takes those chosen before.
 */
export class Drafts {
  /** Of a conversation. */
  readonly changes = new Changes<string>();
  readonly #house: House;
  readonly #shared: SharedState;
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Conversations whose draft does not go along to the other devices. */
  readonly #onlyHere = new Set<string>();

  constructor(house: House, shared: SharedState) {
    this.#house = house;
    this.#shared = shared;
    shared.changes.draft.on((conversationId) => {
      this.#next(conversationId, () => this.#takeIn(conversationId)).catch(() => undefined);
    });
  }

  /** Brings together what this device and the others wrote while they did not hear of each other. */
  async start(): Promise<void> {
    await this.#shared.known;
    const locals = await this.#house.store.chats.locals();
    const drafted = locals.flatMap(({ conversationId, draft }) => (draft ? [conversationId] : []));
    for (const id of new Set([...drafted, ...this.#shared.conversations('draft')])) {
      await this.#next(id, () => this.#reconcile(id));
    }
  }

  async read(conversationId: string): Promise<Draft> {
    const { draft } = await this.#house.store.chats.local(conversationId);
    return draft ?? { text: '', replyTo: null, editing: null, attachments: [], changedAt: 0 };
  }

  /** Whether the draft is kept on this device only. */
  isOnlyHere(conversationId: string): boolean {
    return this.#onlyHere.has(conversationId);
  }

  /** Runs when all that came before has ended. */
  inTurn<T>(conversationId: string, work: (turn: DraftTurn) => Promise<T>): Promise<T> {
    return this.#next(conversationId, async () => work(await this.#turn(conversationId)));
  }

  /** The window turned to something else: what was written goes to the other devices now. */
  left(conversationId: string): void {
    void this.#next(conversationId, async () => this.#shared.turnedAway());
  }

  #next<T>(conversationId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(conversationId) ?? Promise.resolve();
    const turn = before.then(work);
    const ended = turn.catch(() => undefined);
    this.#turns.set(conversationId, ended);
    void ended.then(() => {
      if (this.#turns.get(conversationId) === ended) this.#turns.delete(conversationId);
    });
    return turn;
  }

  async #turn(conversationId: string): Promise<DraftTurn> {
    let draft = await this.read(conversationId);
    await this.#shared.known;
    const { setAt } = this.#shared.draft(conversationId) ?? unset;
    return {
      draft,
      changedAt: Math.max(draft.changedAt, setAt),
      change: async (change) => {
        const changedAt = this.#house.platform.scheduler.now();
        draft = { ...draft, ...change, changedAt };
        await this.#keep(conversationId, draft);
        await this.#share(conversationId, draft);
      },
    };
  }

  /** Another device wrote: files that were chosen here stay. */
  async #takeIn(conversationId: string): Promise<void> {
    const here = await this.read(conversationId);
    const { value, setAt: changedAt } = this.#shared.draft(conversationId) ?? unset;
    const there = value ?? nothing;
    if (!isSame(here, there)) await this.#keep(conversationId, { ...here, ...there, changedAt });
    this.#sharedNow(conversationId, true);
  }

  async #reconcile(conversationId: string): Promise<void> {
    const here = await this.read(conversationId);
    const { setAt } = this.#shared.draft(conversationId) ?? unset;
    if (here.changedAt <= setAt) return this.#takeIn(conversationId);
    await this.#share(conversationId, here);
  }

  async #share(conversationId: string, draft: Draft): Promise<void> {
    this.#sharedNow(conversationId, await this.#shared.setDraft(conversationId, draft));
  }

  #sharedNow(conversationId: string, goesAlong: boolean): void {
    if (goesAlong !== this.#onlyHere.has(conversationId)) return;
    if (goesAlong) this.#onlyHere.delete(conversationId);
    else this.#onlyHere.add(conversationId);
    this.changes.tell(conversationId);
  }

  async #keep(conversationId: string, draft: Draft): Promise<void> {
    await this.#house.store.chats.setLocal(conversationId, {
      draft: isEmpty(draft) ? null : draft,
    });
    this.changes.tell(conversationId);
  }
}

const nothing: SharedDraft = { text: '', replyTo: null, editing: null };
const unset = { value: null, setAt: 0 };

function isSame(a: SharedDraft, b: SharedDraft): boolean {
  return a.text === b.text && a.replyTo === b.replyTo && a.editing === b.editing;
}

function isEmpty({ attachments, ...draft }: Draft): boolean {
  return isSame(draft, nothing) && attachments.length === 0;
}
