import { asHeliogramError, type Caller } from '@heliogram/client';
import { ChannelsService } from '@heliogram/protocol';

/** A channel that posts were forwarded from, as whoever reads them may open it. */
export interface Origin {
  /** Empty where it has none. */
  readonly username: string;
}

/** Channels asked for at once; more are asked for with the next posts. */
const maxAsked = 50;

/** Where forwarded posts come from, asked for once each: what may not be opened is no place to lead to. */
export class Origins {
  readonly #call: Caller;
  /** Undefined: it may not be opened. */
  readonly #known = new Map<string, Origin | undefined>();

  constructor(call: Caller) {
    this.#call = call;
  }

  of(conversationId: string): Origin | undefined {
    return this.#known.get(conversationId);
  }

  /** Resolves to whether a place to lead to was learnt. */
  async learn(conversationIds: readonly string[]): Promise<boolean> {
    const unknown = [...new Set(conversationIds)].filter((id) => !this.#known.has(id));
    const asked = await Promise.all(unknown.slice(0, maxAsked).map((id) => this.#ask(id)));
    return asked.some((open) => open);
  }

  async #ask(conversationId: string): Promise<boolean> {
    const ref = { case: 'conversationId', value: conversationId } as const;
    try {
      const { channel } = await this.#call(ChannelsService.method.getChannel, { ref });
      this.#known.set(conversationId, channel && { username: channel.username });
      return channel !== undefined;
    } catch (error) {
      if (!asHeliogramError(error).retry) this.#known.set(conversationId, undefined);
      return false;
    }
  }
}
