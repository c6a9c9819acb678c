import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { AccountsService, deviceId } from '@heliogram/protocol';
import { type BoundService, bindService, type Handlers } from '../gateway/service.ts';
import { requireAccount } from './account-records.ts';
import { deviceCaller } from './callers.ts';
import type { Challenges } from './challenges.ts';
import type { Deletions } from './deletion.ts';
import {
  addDevice,
  type DeviceChangeParts,
  findVault,
  publishStatement,
} from './device-changes.ts';
import { statementPage } from './device-lists.ts';
import { createSignUpInvite } from './invite-allowance.ts';
import type { AccountsOptions } from './options.ts';
import { listOwnDevices, type OwnDevicesParts, renameDevice } from './own-devices.ts';
import { getMe, setUsername, updateProfile } from './own-profile.ts';
import { profilesById } from './profiles.ts';
import { signIn } from './sign-in.ts';
import { signUp } from './sign-up.ts';
import { checkUsername, type LookupParts, resolveUsername } from './username-lookups.ts';
import { getVault, putVault } from './vaults.ts';

export type ServiceParts = AccountsOptions &
  DeviceChangeParts &
  OwnDevicesParts &
  LookupParts & { readonly challenges: Challenges; readonly deletions: Deletions };

type Methods = Handlers<typeof AccountsService>;

/** The contract's accounts service over this room's functions. */
export function accountsService(parts: ServiceParts): BoundService {
  return bindService(AccountsService, {
    ...registration(parts),
    ...profile(parts),
    ...devices(parts),
  });
}

function registration(
  parts: ServiceParts,
): Pick<Methods, 'getChallenge' | 'signUp' | 'signIn' | 'deleteAccount' | 'createSignUpInvite'> {
  return {
    getChallenge: () => {
      const { challenge, expiresAt } = parts.challenges.issue();
      const { difficultyBits } = parts.registration;
      return { challenge, expiresAt: timestampFromMs(expiresAt), difficultyBits };
    },
    signUp: async (request) => {
      const made = await signUp(parts, request);
      parts.activity.note(deviceId(made.deviceId));
      return made;
    },
    signIn: async (request, context) => {
      const { token, expiresAt } = await signIn(parts, request, context);
      return expiresAt === undefined ? { token } : { token, expiresAt: timestampFromMs(expiresAt) };
    },
    deleteAccount: async (request, context) => {
      await parts.deletions.delete(request, deviceCaller(context));
      return {};
    },
    createSignUpInvite: async (_request, context) => {
      const { code, expiresAt } = await createSignUpInvite(parts, deviceCaller(context));
      return { code, expiresAt: timestampFromMs(expiresAt) };
    },
  };
}

function profile(
  parts: ServiceParts,
): Pick<
  Methods,
  'getMe' | 'updateProfile' | 'checkUsername' | 'setUsername' | 'getProfiles' | 'resolveUsername'
> {
  return {
    getMe: (_request, context) => getMe(parts, deviceCaller(context)),
    updateProfile: async (request, context) => ({
      profile: await updateProfile(parts, request, deviceCaller(context)),
    }),
    checkUsername: ({ username }, { caller }) => checkUsername(parts, username, caller),
    setUsername: async ({ username }, context) => {
      await setUsername(parts, username, deviceCaller(context));
      return {};
    },
    getProfiles: async ({ accountIds }) => ({
      profiles: await profilesById(parts.storage.db, accountIds),
    }),
    resolveUsername: ({ username }) => resolveUsername(parts, username),
  };
}

function devices(
  parts: ServiceParts,
): Pick<
  Methods,
  | 'getDeviceList'
  | 'publishDeviceStatement'
  | 'addDevice'
  | 'listDevices'
  | 'renameDevice'
  | 'getVault'
  | 'putVault'
  | 'findVault'
> {
  const { db } = parts.storage;
  return {
    getDeviceList: async ({ accountId, afterNumber }) => {
      const { account } = await requireAccount(db, accountId);
      return statementPage(db, account, afterNumber);
    },
    publishDeviceStatement: async (request, context) => {
      await publishStatement(parts, request, deviceCaller(context));
      return {};
    },
    addDevice: async (request) => {
      const added = await addDevice(parts, request);
      parts.activity.note(deviceId(added.deviceId));
      return added;
    },
    listDevices: (_request, context) => listOwnDevices(parts, deviceCaller(context)),
    renameDevice: async (request, context) => {
      await renameDevice(parts, request, deviceCaller(context));
      return {};
    },
    getVault: async (_request, context) => ({
      vault: await getVault(parts, deviceCaller(context)),
    }),
    putVault: async ({ vault }, context) => {
      await putVault(parts, vault, deviceCaller(context));
      return {};
    },
    findVault: (request) => findVault(parts, request),
  };
}
