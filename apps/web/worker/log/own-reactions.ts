import { ChannelsService } from '@heliogram/protocol';
import { Changes } from '../changes.ts';
import type { House } from '../session/house.ts';

/** Which emoji one reacted with, post by post: shared frames cannot say it. */
export class OwnReactions {
  /** Seqs. */
  readonly changes = new Changes<readonly number[]>();
  readonly #house: House;
  readonly #conversationId: string;
  readonly #known = new Map<number, string>();

  constructor(house: House, conversationId: string) {
    this.#house = house;
    this.#conversationId = conversationId;
  }

  of(seq: number): string {
    return this.#known.get(seq) ?? '';
  }

  set(seq: number, emoji: string): void {
    this.#known.set(seq, emoji);
    this.changes.tell([seq]);
  }

  /** Asks for those that are not known yet. */
  async learn(seqs: readonly number[]): Promise<void> {
    const unknown = seqs.filter((seq) => !this.#known.has(seq)).slice(0, 500);
    const { keys, reading, client } = this.#house;
    if (!keys || reading.asVisitor || unknown.length === 0) return;
    const { reactions } = await client.call(ChannelsService.method.getOwnReactions, {
      conversationId: this.#conversationId,
      seqs: unknown,
    });
    const found = new Map(reactions.map(({ seq, emoji }) => [seq, emoji]));
    for (const seq of unknown) this.#known.set(seq, found.get(seq) ?? '');
    if (reactions.length > 0) this.changes.tell([...found.keys()]);
  }
}
