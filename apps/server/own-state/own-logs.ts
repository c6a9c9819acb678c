import { ConversationKind } from '@heliogram/protocol';
import { type Runtime, randomHex } from '../runtime.ts';
import type { Database, Storage } from '../storage/port.ts';

/** Public id of the account's own log, made when it is asked for first. */
export async function openOwnLog(
  { storage, runtime }: { readonly storage: Storage; readonly runtime: Runtime },
  account: number,
): Promise<string> {
  return (
    (await findOwnLog(storage.db, account))?.conversationId ??
    storage.transaction(async (database) => {
      // Another device may have been faster.
      const found = await findOwnLog(database, account);
      return found?.conversationId ?? makeOwnLog(database, runtime, account);
    })
  );
}

export async function findOwnLog(
  database: Database,
  account: number,
): Promise<{ readonly conversation: number; readonly conversationId: string } | undefined> {
  const row = await database
    .selectFrom('own_logs')
    .innerJoin('conversations', 'conversations.id', 'own_logs.conversation')
    .select(['own_logs.conversation', 'conversations.conversation_id'])
    .where('own_logs.account', '=', account)
    .executeTakeFirst();
  return row && { conversation: row.conversation, conversationId: row.conversation_id };
}

/** Whose own log it is; undefined when it is none. */
export async function ownerOf(
  database: Database,
  conversation: number,
): Promise<number | undefined> {
  const row = await database
    .selectFrom('own_logs')
    .select('account')
    .where('conversation', '=', conversation)
    .executeTakeFirst();
  return row?.account;
}

async function makeOwnLog(database: Database, runtime: Runtime, account: number): Promise<string> {
  const conversationId = randomHex(runtime, 16);
  const { id } = await database
    .insertInto('conversations')
    .values({
      conversation_id: conversationId,
      kind: ConversationKind.OWN,
      created_at: runtime.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.insertInto('own_logs').values({ account, conversation: id }).execute();
  return conversationId;
}
