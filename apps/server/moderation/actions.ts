import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { ModerationActionSchema } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';

/** What an operator did, by the names that the list shows. */
export type ActionName =
  | 'create-invites'
  | 'suspend-account'
  | 'restore-account'
  | 'take-down-channel'
  | 'restore-channel'
  | 'take-down-post'
  | 'restore-post';

export type Action = {
  readonly at: number;
  readonly action: ActionName;
  /** Id of an account or conversation, or how many invites. */
  readonly subject: string;
  /** Of a post; 0 otherwise. */
  readonly seq?: number;
  readonly reason?: string;
};

const MAX_LISTED = 500;

/** Writes the deed down (MOD-8), within its transaction where there is one. */
export async function record(database: Database, actions: readonly Action[]): Promise<void> {
  for (const { at, action, subject, seq = 0, reason = '' } of actions) {
    await database
      .insertInto('moderation_actions')
      .values({ at, action, subject, seq, reason })
      .execute();
  }
}

/** The newest ones first. */
export async function listActions(
  database: Database,
): Promise<MessageInitShape<typeof ModerationActionSchema>[]> {
  const rows = await database
    .selectFrom('moderation_actions')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(MAX_LISTED)
    .execute();
  return rows.map(({ at, action, subject, seq, reason }) => ({
    at: timestampFromMs(at),
    action,
    subject,
    seq,
    reason,
  }));
}
