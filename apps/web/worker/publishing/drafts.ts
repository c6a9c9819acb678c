import type { Draft } from '@heliogram/client';
import { Changes } from '../changes.ts';
import type { House } from '../session/house.ts';

/** A draft in the hands of the one who works on it now. */
export interface DraftTurn {
  readonly draft: Draft;
  change(change: Partial<Omit<Draft, 'changedAt'>>): Promise<void>;
}

/**
 * What is being written in each conversation: kept on this device, shared by its tabs. Whoever changes
 * one does it in turn, so that files chosen at once are all in it, and a post takes those chosen before.
 */
export class Drafts {
  /** Of a conversation. */
  readonly changes = new Changes<string>();
  readonly #house: House;
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(house: House) {
    this.#house = house;
  }

  async read(conversationId: string): Promise<Draft> {
    const { draft } = await this.#house.store.chats.local(conversationId);
    return draft ?? { text: '', replyTo: null, editing: null, attachments: [], changedAt: 0 };
  }

  /** Runs when all that came before has ended. */
  inTurn<T>(conversationId: string, work: (turn: DraftTurn) => Promise<T>): Promise<T> {
    const before = this.#turns.get(conversationId) ?? Promise.resolve();
    const turn = before.then(async () => work(await this.#turn(conversationId)));
    const ended = turn.catch(() => undefined);
    this.#turns.set(conversationId, ended);
    void ended.then(() => {
      if (this.#turns.get(conversationId) === ended) this.#turns.delete(conversationId);
    });
    return turn;
  }

  async #turn(conversationId: string): Promise<DraftTurn> {
    let draft = await this.read(conversationId);
    return {
      draft,
      change: async (change) => {
        draft = { ...draft, ...change, changedAt: this.#house.platform.scheduler.now() };
        await this.#house.store.chats.setLocal(conversationId, {
          draft: isEmpty(draft) ? null : draft,
        });
        this.changes.tell(conversationId);
      },
    };
  }
}

function isEmpty({ text, replyTo, editing, attachments }: Draft): boolean {
  return text === '' && replyTo === null && editing === null && attachments.length === 0;
}
