import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  AdminService,
  type CreateSignUpInvitesRequest,
  ValidationError,
} from '@heliogram/protocol';
import { addSignUpInvite } from '../accounts/index.ts';
import { type BoundService, bindService } from '../gateway/service.ts';
import { listActions, record } from './actions.ts';
import type { ModerationOptions } from './options.ts';
import { requireReason } from './reasons.ts';
import { restoreAccount, suspendAccount } from './suspensions.ts';
import { setTakenDown } from './take-downs.ts';

/** What only the operator may call; the contract says so, the dispatcher enforces it. */
export function createModeration(options: ModerationOptions): { readonly service: BoundService } {
  const service = bindService(AdminService, {
    createSignUpInvites: async (request) => ({ codes: await addSignUpInvites(options, request) }),
    suspendAccount: async (request) => ({
      accountIds: [...(await suspendAccount(options, request))],
    }),
    restoreAccount: async ({ account }) => {
      await restoreAccount(options, account);
      return {};
    },
    takeDown: async (request) => {
      await setTakenDown(options, request, requireReason(request.reason));
      return {};
    },
    restore: async (request) => {
      await setTakenDown(options, request, null);
      return {};
    },
    listActions: async () => ({ actions: await listActions(options.storage.db) }),
  });
  return { service };
}

/** One code with one use, not expiring, unless the request says otherwise (MOD-1). */
async function addSignUpInvites(
  { storage, runtime }: ModerationOptions,
  request: CreateSignUpInvitesRequest,
): Promise<string[]> {
  const now = runtime.now();
  const count = request.count || 1;
  const expiresAt = request.expiresAt ? timestampMs(request.expiresAt) : null;
  if (expiresAt !== null && !(expiresAt > now)) {
    throw new ValidationError('invalid_argument', 'the expiry of the codes must be in the future');
  }
  const terms = { createdBy: null, uses: request.uses || 1, expiresAt };
  return storage.transaction(async (database) => {
    const codes: string[] = [];
    for (let made = 0; made < count; made++) {
      codes.push(await addSignUpInvite(database, runtime, terms));
    }
    await record(database, [{ at: now, action: 'create-invites', subject: String(count) }]);
    return codes;
  });
}
