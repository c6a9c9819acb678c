import { OwnStateService, VerificationError } from '@heliogram/protocol';
import type { ConversationPolicy } from '../conversations/policy.ts';
import { type BoundService, bindService } from '../gateway/service.ts';
import { eraseOwnLog } from './erasing.ts';
import type { OwnStateOptions } from './options.ts';
import { openOwnLog } from './own-logs.ts';
import { ownStatePolicy } from './policy.ts';

/** What an account's devices share with each other, sealed: the server keeps and orders it. */
export type OwnState = {
  readonly service: BoundService;
  readonly policy: ConversationPolicy;
  /** Of an account that is being deleted. */
  eraseAccount(deleted: { readonly account: number }): Promise<void>;
};

export function createOwnState(options: OwnStateOptions): OwnState {
  const { storage, runtime } = options;
  return {
    service: bindService(OwnStateService, {
      openOwnState: async (_request, { caller }) => {
        // The contract promises a device here; this is the type's side of that promise.
        if (caller.kind !== 'device') {
          throw new VerificationError('unauthenticated', 'sign in first');
        }
        return { conversationId: await openOwnLog({ storage, runtime }, caller.account) };
      },
    }),
    policy: ownStatePolicy(options),
    eraseAccount: ({ account }) => eraseOwnLog(options, account),
  };
}
