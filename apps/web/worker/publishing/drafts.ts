import type { Draft } from '@heliogram/client';
import { Changes } from '../changes.ts';
import type { House } from '../session/house.ts';

/** What is being written in each conversation: kept on this device, shared by its tabs. */
export class Drafts {
  /** Of a conversation. */
  readonly changes = new Changes<string>();
  readonly #house: House;

  constructor(house: House) {
    this.#house = house;
  }

  async read(conversationId: string): Promise<Draft> {
    const { draft } = await this.#house.store.chats.local(conversationId);
    return draft ?? { text: '', replyTo: null, editing: null, attachments: [], changedAt: 0 };
  }

  async change(conversationId: string, change: Partial<Omit<Draft, 'changedAt'>>): Promise<void> {
    const changedAt = this.#house.platform.scheduler.now();
    const draft = { ...(await this.read(conversationId)), ...change, changedAt };
    await this.#house.store.chats.setLocal(conversationId, {
      draft: isEmpty(draft) ? null : draft,
    });
    this.changes.tell(conversationId);
  }
}

function isEmpty({ text, replyTo, editing, attachments }: Draft): boolean {
  return text === '' && replyTo === null && editing === null && attachments.length === 0;
}
