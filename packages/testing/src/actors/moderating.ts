import { HeliogramError } from '@heliogram/protocol';
import type { Operator } from '../machine/server-machine.ts';
import type { ChannelModel } from '../model/channel-model.ts';
import type { Actor } from './actor.ts';
import type { Surroundings } from './surroundings.ts';

/** What the operator has withheld and whom he has suspended: to be given back before all is judged. */
export class Moderator {
  readonly #world: Surroundings;
  readonly #withheld = new Map<string, { readonly channel: ChannelModel; readonly seq: number }>();
  readonly #suspended = new Set<Actor>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(world: Surroundings) {
    this.#world = world;
  }

  /** `seq` 0: the whole channel. */
  takeDown(channel: ChannelModel, seq: number): Promise<void> {
    return this.#inTurn(() => this.#takeDown(channel, seq));
  }

  suspend(actor: Actor): Promise<void> {
    return this.#inTurn(() => this.#suspend(actor));
  }

  /** Undoes one thing, if there is one to undo. */
  relent(): Promise<void> {
    return this.#inTurn(() => this.#relent());
  }

  async relentAll(): Promise<void> {
    await this.#last;
    while (this.#suspended.size + this.#withheld.size > 0) await this.relent();
  }

  /** One deed at a time: of two at once nobody could say which was last. */
  #inTurn(run: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(run);
    this.#last = turn;
    return turn;
  }

  async #takeDown(channel: ChannelModel, seq: number): Promise<void> {
    const { conversationId } = channel;
    this.#world.say(`operator takes ${seq} of ${conversationId} down`);
    this.#withheld.set(`${conversationId} ${seq}`, { channel, seq });
    if (await this.#ask((operator) => operator.takeDown(conversationId, seq))) {
      if (seq === 0) channel.standing.end(this.#world.queue.nowMs);
    }
  }

  async #suspend(actor: Actor): Promise<void> {
    this.#world.say(`operator suspends ${actor.name}`);
    this.#suspended.add(actor);
    await this.#ask((operator) => operator.suspend(actor.device.accountId));
  }

  async #relent(): Promise<void> {
    const [actor] = this.#suspended;
    const [withheld] = this.#withheld;
    if (actor) await this.#restoreAccount(actor);
    else if (withheld) await this.#restore(...withheld);
  }

  async #restoreAccount(actor: Actor): Promise<void> {
    this.#world.say(`operator lets ${actor.name} act again`);
    this.#suspended.delete(actor);
    await this.#ask((operator) => operator.restoreAccount(actor.device.accountId));
  }

  async #restore(
    key: string,
    { channel, seq }: { readonly channel: ChannelModel; readonly seq: number },
  ): Promise<void> {
    this.#world.say(`operator gives ${seq} of ${channel.conversationId} back`);
    this.#withheld.delete(key);
    if (seq === 0) channel.standing.begin(this.#world.queue.nowMs);
    await this.#ask((operator) => operator.restore(channel.conversationId, seq));
  }

  /** Until the server has answered; false when it refused. */
  async #ask(run: (operator: Operator) => Promise<unknown>): Promise<boolean> {
    for (;;) {
      const answer = await this.#attempt(run);
      if (answer !== undefined) return answer;
      await this.#world.sleep(500);
    }
  }

  async #attempt(run: (operator: Operator) => Promise<unknown>): Promise<boolean | undefined> {
    const { server, violations } = this.#world;
    if (!server.running) return undefined;
    const answer = run(server.running.operator).then(
      () => true,
      (error: unknown) => {
        if (error instanceof HeliogramError && error.code !== 'internal') {
          return error.retry ? undefined : false;
        }
        violations.add(`the operator met a defect: ${String(error)}`);
        return false;
      },
    );
    return Promise.race([answer, server.death.then(() => undefined)]);
  }
}
