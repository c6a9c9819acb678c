import { Changes } from '../changes.ts';
import type { SharedState } from '../own-state/shared-state.ts';
import type { House } from '../session/house.ts';

/** Which chats stand on top, in which order: on every device of the account the same. */
export class PinnedChats {
  readonly changes = new Changes();
  readonly #house: House;
  readonly #shared: SharedState;

  constructor(house: House, shared: SharedState) {
    this.#house = house;
    this.#shared = shared;
    shared.changes.pin.on((conversationId) => {
      this.#takeIn(conversationId).catch(() => undefined);
    });
  }

  /** What was pinned before there was anything to share is shared; the rest is taken in. */
  async start(): Promise<void> {
    await this.#shared.known;
    for (const { conversationId, pinOrder } of await this.#house.store.chats.locals()) {
      const isShared = this.#shared.pinOrder(conversationId) !== undefined;
      if (pinOrder !== null && !isShared) await this.#shared.setPinOrder(conversationId, pinOrder);
    }
    for (const id of this.#shared.conversations('pin')) await this.#takeIn(id);
  }

  async pin(conversationId: string): Promise<void> {
    const locals = await this.#house.store.chats.locals();
    const orders = locals.flatMap(({ pinOrder }) => (pinOrder === null ? [] : [pinOrder]));
    await this.#set(conversationId, Math.max(0, ...orders) + 1);
  }

  async unpin(conversationId: string): Promise<void> {
    await this.#set(conversationId, null);
  }

  async #set(conversationId: string, pinOrder: number | null): Promise<void> {
    await this.#shared.setPinOrder(conversationId, pinOrder);
    await this.#keep(conversationId, pinOrder);
  }

  async #takeIn(conversationId: string): Promise<void> {
    await this.#keep(conversationId, this.#shared.pinOrder(conversationId)?.value ?? null);
  }

  async #keep(conversationId: string, pinOrder: number | null): Promise<void> {
    const { chats } = this.#house.store;
    if ((await chats.local(conversationId)).pinOrder === pinOrder) return;
    await chats.setLocal(conversationId, { pinOrder });
    this.changes.tell();
  }
}
