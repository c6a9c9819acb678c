import type { Call } from './app.tsx';
import type { KeptList } from './kept.ts';
import { KeptForAccount } from './kept-for-account.ts';

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

/** What was let go of and is not in the worker's hands. */
export class Unsent extends KeptForAccount<LetGo> {
  constructor(kept?: KeptList) {
    super('unsent.', 'id', kept);
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
