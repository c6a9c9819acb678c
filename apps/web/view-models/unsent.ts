import type { Call } from './app.tsx';
import { type KeptList, keptHere } from './kept.ts';

/** A post or a change as it was let go of. */
export interface LetGo {
  /** The same however often it is asked for: it happens once. */
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly silent: boolean;
  readonly scheduledAt?: number;
  /** The post that it changes. */
  readonly edits?: number;
}

const space = 'unsent.';

/**
 * What was let go of, until the worker has it durably: the worker ends with its page, and what was said to
 * it a moment before with it, while this is written at once. Never more than what is under way.
 */
export class Unsent {
  readonly #kept: KeptList;

  constructor(kept: KeptList = keptHere) {
    this.#kept = kept;
  }

  keep(accountId: string, letGo: LetGo): void {
    this.#kept.set(space + letGo.id, JSON.stringify({ accountId, ...letGo }));
  }

  forget(id: string): void {
    this.#kept.set(space + id, undefined);
  }

  forgetAll(): void {
    for (const key of this.#kept.keys(space)) this.#kept.set(key, undefined);
  }

  /** Of this account; what another one left goes. */
  all(accountId: string): readonly LetGo[] {
    return this.#kept.keys(space).flatMap((key) => {
      const { accountId: by, ...letGo } = parse(this.#kept.get(key));
      if (by === accountId && letGo.id !== undefined) return [letGo as LetGo];
      this.#kept.set(key, undefined);
      return [];
    });
  }
}

/** Asks for everything that a closed page has left; what is refused for now stays for the next time. */
export async function sendUnsent(
  call: Call,
  accountId: string,
  unsent = new Unsent(),
): Promise<void> {
  for (const letGo of unsent.all(accountId)) {
    const done = await letGoOf(call, letGo).then(
      () => true,
      (error: unknown) => isVoid(error),
    );
    if (done) unsent.forget(letGo.id);
  }
}

export async function letGoOf(call: Call, { edits, ...post }: LetGo): Promise<null> {
  const { id, conversationId, text } = post;
  if (edits === undefined) return call('postDraft', post);
  return call('editPost', { id, conversationId, seq: edits, text });
}

/** There is nothing in it that could be said. */
function isVoid(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'invalid_argument';
}

/** Written by this program; what does not look like it was written by none. */
function parse(text: string | undefined): Partial<LetGo & { readonly accountId: string }> {
  try {
    const found: unknown = JSON.parse(text ?? '');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}
