import type { CommandName } from '../../bridge/contract/contract.ts';
import type { ToWindow, ToWorker } from '../../bridge/messages.ts';

/** Done twice, these would be two: they are not asked again when the leader is gone. */
const once: ReadonlySet<string> = new Set<CommandName>([
  'signUp',
  'recover',
  'deleteAccount',
  'signOut',
  'createChannel',
  'createInvite',
  'createSignUpInvite',
  'addUpload',
]);

/** What a window has asked and is not answered for, so that another leader can be asked. */
export class OpenQuestions {
  readonly #calls = new Map<number, Extract<ToWorker, { t: 'call' }>>();
  readonly #watches = new Map<number, Extract<ToWorker, { t: 'watch' }>>();

  asked(message: ToWorker): void {
    if (message.t === 'call') this.#calls.set(message.id, message);
    else if (message.t === 'watch') this.#watches.set(message.id, message);
    else if (message.t === 'unwatch') this.#watches.delete(message.id);
  }

  answered(message: ToWindow): void {
    if (message.t === 'answer' || message.t === 'refusal') this.#calls.delete(message.id);
  }

  /** What the next leader is asked; of those that another one had, without {@link unsure}. */
  again(): readonly ToWorker[] {
    return [...this.#watches.values(), ...this.#calls.values()];
  }

  /** Refusals for what is not asked again: nobody knows whether it was done. */
  unsure(): readonly ToWindow[] {
    const calls = [...this.#calls.values()].filter(({ name }) => once.has(name));
    for (const { id } of calls) this.#calls.delete(id);
    const message = 'the tab that did this was closed: look whether it was done';
    const failure = { code: 'interrupted', message, retry: true };
    return calls.map(({ id }) => ({ t: 'refusal', id, failure }));
  }
}
