import type { ConversationLog } from '../conversations/log.ts';
import type { Storage } from '../storage/port.ts';
import { findOwnLog } from './own-logs.ts';

/** Entries first: whatever cuts this off, the next run finds the log by its account and goes on. */
export async function eraseOwnLog(
  { storage, log }: { readonly storage: Storage; readonly log: ConversationLog },
  account: number,
): Promise<void> {
  const own = await findOwnLog(storage.db, account);
  const conversation = own && (await log.byRow(own.conversation));
  if (!conversation) return;
  await log.erase(conversation);
  await storage.transaction(async (database) => {
    await database.deleteFrom('own_logs').where('account', '=', account).execute();
    await database.deleteFrom('conversations').where('id', '=', conversation.id).execute();
  });
}
