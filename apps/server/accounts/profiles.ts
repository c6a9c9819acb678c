import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ProfileSchema } from '@heliogram/protocol';
import type { ProfileSource } from '../conversations/policy.ts';
import type { Database, Storage } from '../storage/port.ts';

export type ProfileInit = MessageInitShape<typeof ProfileSchema>;

/** Fits every database's bound on parameters. */
const MAX_PER_QUERY = 500;

/** Public profiles by row id, of accounts that exist (ACC-31). */
export function createProfileSource(storage: Storage): ProfileSource {
  return {
    async profiles(accounts) {
      const found = new Map<number, ProfileInit>();
      const wanted = [...new Set(accounts)];
      for (let at = 0; at < wanted.length; at += MAX_PER_QUERY) {
        const rows = await profileQuery(storage.db)
          .where('id', 'in', wanted.slice(at, at + MAX_PER_QUERY))
          .execute();
        for (const row of rows) found.set(row.id, profileOf(row));
      }
      return found;
    },
  };
}

/** Public profiles by account id, in the order asked, unknown ones absent. */
export async function profilesById(
  database: Database,
  accountIds: readonly string[],
): Promise<ProfileInit[]> {
  if (accountIds.length === 0) return [];
  const rows = await profileQuery(database).where('account_id', 'in', accountIds).execute();
  const byId = new Map(rows.map((row) => [row.account_id, profileOf(row)]));
  return accountIds.flatMap((id) => byId.get(id) ?? []);
}

/** An account whose deletion has begun has an empty name, and no profile. */
function profileQuery(database: Database) {
  return database
    .selectFrom('accounts')
    .select(['id', 'account_id', 'name', 'username', 'bio', 'avatar_media_id'])
    .where('name', '<>', '');
}

function profileOf(row: {
  readonly account_id: string;
  readonly name: string;
  readonly username: string | null;
  readonly bio: string;
  readonly avatar_media_id: string;
}): ProfileInit {
  return {
    accountId: row.account_id,
    name: row.name,
    username: row.username ?? '',
    bio: row.bio,
    avatarMediaId: row.avatar_media_id,
  };
}
