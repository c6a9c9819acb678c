import {
  accountId,
  ConversationKind,
  conversationId,
  isAccountId,
  isConversationId,
  ValidationError,
} from '@heliogram/protocol';

import { type AccountRef, findAccount, usernameHolder } from '../accounts/index.ts';
import type { Conversation } from '../conversations/policy.ts';
import type { Database } from '../storage/port.ts';

/** An account as operators name it: by id or @username (MOD-2). Throws `not_found`. */
export async function accountNamed(database: Database, name: string): Promise<AccountRef> {
  const found = isAccountId(name)
    ? await findAccount(database, name)
    : await accountByUsername(database, name);
  if (found) return found;
  throw new ValidationError('not_found', 'account not found');
}

/** A channel as operators name it: by conversation id or @username (MOD-2). Throws `not_found`. */
export async function channelNamed(database: Database, name: string): Promise<Conversation> {
  const channels = database
    .selectFrom('conversations')
    .select(['id', 'conversation_id'])
    .where('kind', '=', ConversationKind.CHANNEL);
  const row = isConversationId(name)
    ? await channels.where('conversation_id', '=', name).executeTakeFirst()
    : await channels.where('id', '=', await conversationHolding(database, name)).executeTakeFirst();
  if (!row) throw new ValidationError('not_found', 'channel not found');
  return {
    id: row.id,
    conversationId: conversationId(row.conversation_id),
    kind: ConversationKind.CHANNEL,
  };
}

async function accountByUsername(
  database: Database,
  name: string,
): Promise<AccountRef | undefined> {
  const holder = await usernameHolder(database, name);
  if (!holder || !('account' in holder)) return undefined;
  const row = await database
    .selectFrom('accounts')
    .select('account_id')
    .where('id', '=', holder.account)
    .executeTakeFirst();
  return row && { account: holder.account, accountId: accountId(row.account_id) };
}

/** Row id of the conversation that has the username; 0, which none is, without one. */
async function conversationHolding(database: Database, name: string): Promise<number> {
  const holder = await usernameHolder(database, name);
  return holder && 'conversation' in holder ? holder.conversation : 0;
}
