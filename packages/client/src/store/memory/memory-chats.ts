import type { CachedChat, ChatLocal, ChatStore, ChatUpdate, LocalChange } from '../chat-port.ts';
import { requireDraftSize } from '../draft-limits.ts';

export class MemoryChats implements ChatStore {
  readonly #chats = new Map<string, CachedChat>();
  readonly #locals = new Map<string, ChatLocal>();

  async put(chats: readonly ChatUpdate[]): Promise<void> {
    for (const { conversationId, summary, channel } of chats) {
      const before = this.#chats.get(conversationId);
      this.#chats.set(conversationId, {
        conversationId,
        summary: summary ?? before?.summary ?? null,
        channel: channel ?? before?.channel ?? null,
      });
    }
  }

  async all(): Promise<readonly CachedChat[]> {
    return [...this.#chats.values()];
  }

  async get(conversationIds: readonly string[]): Promise<readonly CachedChat[]> {
    return conversationIds.flatMap((id) => this.#chats.get(id) ?? []);
  }

  async remove(conversationIds: readonly string[]): Promise<void> {
    for (const id of conversationIds) this.#chats.delete(id);
  }

  async locals(): Promise<readonly ChatLocal[]> {
    return [...this.#locals.values()].filter(
      ({ pinOrder, draft, place }) => pinOrder !== null || draft !== null || place !== null,
    );
  }

  async local(conversationId: string): Promise<ChatLocal> {
    const nothing = { conversationId, pinOrder: null, draft: null, place: null };
    return this.#locals.get(conversationId) ?? nothing;
  }

  async setLocal(conversationId: string, change: LocalChange): Promise<void> {
    requireDraftSize(change);
    const before = await this.local(conversationId);
    this.#locals.set(conversationId, { ...before, ...change });
  }

  clear(): void {
    this.#chats.clear();
  }

  clearLocals(): void {
    this.#locals.clear();
  }
}
