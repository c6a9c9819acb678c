import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type AccountId,
  type GetMeResponseSchema,
  limits,
  type UpdateProfileRequest,
  ValidationError,
} from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import type { Database } from '../storage/port.ts';
import { displayName, displayText } from './display-text.ts';
import type { AccountsOptions } from './options.ts';
import { type ProfileInit, profilesById } from './profiles.ts';
import { claimUsername, releaseUsername } from './usernames.ts';
import { findVaultRow } from './vault-records.ts';

export type OwnProfileParts = Pick<AccountsOptions, 'storage' | 'runtime' | 'notices' | 'avatars'>;

export async function getMe(
  { storage }: OwnProfileParts,
  caller: DeviceCaller,
): Promise<MessageInitShape<typeof GetMeResponseSchema>> {
  const { db } = storage;
  const profile = await ownProfile(db, caller.accountId);
  const row = await db
    .selectFrom('accounts')
    .select('created_at')
    .where('id', '=', caller.account)
    .executeTakeFirstOrThrow();
  const vault = await findVaultRow(db, caller.account);
  return {
    profile,
    deviceId: caller.deviceId,
    createdAt: timestampFromMs(row.created_at),
    vaultRevision: vault?.revision ?? 0,
  };
}

/** Changes what is given and leaves the rest (ACC-30, ACC-32). */
export async function updateProfile(
  { storage, notices, avatars }: OwnProfileParts,
  request: UpdateProfileRequest,
  { account, accountId }: DeviceCaller,
): Promise<ProfileInit> {
  const changes = textChanges(request);
  const mediaId = request.avatarMediaId;
  await storage.transaction(async (database) => {
    const { avatar_media_id: previous } = await requireOwnRow(database, account);
    if (mediaId !== undefined && mediaId !== previous) {
      await avatars.claimAccountAvatar(database, { account, mediaId, previous });
    }
    const next = { ...changes, avatar_media_id: mediaId ?? previous };
    await database.updateTable('accounts').set(next).where('id', '=', account).execute();
  });
  notices.accountChanged(accountId);
  return ownProfile(storage.db, accountId);
}

/** Takes the name, lets go of the one before; an empty one only lets go (ACC-23). */
export async function setUsername(
  { storage, runtime, notices }: OwnProfileParts,
  wanted: string,
  { account, accountId }: DeviceCaller,
): Promise<void> {
  const now = runtime.settledNow();
  await storage.transaction(async (database) => {
    const { username: held } = await requireOwnRow(database, account);
    const username =
      wanted === ''
        ? null
        : await claimUsername(database, {
            username: wanted,
            holder: { account },
            by: account,
            now,
          });
    if (username === held) return;
    if (held !== null) await releaseUsername(database, { username: held, by: account, now });
    await database.updateTable('accounts').set({ username }).where('id', '=', account).execute();
  });
  notices.accountChanged(accountId);
}

function textChanges({ name, bio }: UpdateProfileRequest) {
  return {
    ...(name === undefined ? {} : { name: displayName(name, limits.maxNameCharacters) }),
    ...(bio === undefined ? {} : { bio: displayText(bio, limits.maxBioCharacters) }),
  };
}

/** Throws `gone` for an account whose deletion overtook the call. */
async function requireOwnRow(database: Database, account: number) {
  const row = await database
    .selectFrom('accounts')
    .select(['username', 'avatar_media_id'])
    .where('id', '=', account)
    .where('name', '<>', '')
    .executeTakeFirst();
  if (row) return row;
  throw gone();
}

async function ownProfile(database: Database, accountId: AccountId): Promise<ProfileInit> {
  const [profile] = await profilesById(database, [accountId]);
  if (profile) return profile;
  throw gone();
}

function gone(): ValidationError {
  return new ValidationError('gone', 'this account was deleted');
}
