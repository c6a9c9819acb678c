import { createHash } from 'node:crypto';
import { VerificationError } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { Database } from '../storage/port.ts';

/** Digits and letters that nobody confuses when reading them aloud (Crockford's base 32). */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CODE_CHARACTERS = 20;
const GROUP_CHARACTERS = 5;

export type InviteTerms = {
  /** Row id of the account that invites; null for the operator. */
  readonly createdBy: number | null;
  readonly uses: number;
  /** Milliseconds since the epoch; null: it does not expire. */
  readonly expiresAt: number | null;
};

/** Stores the hash of a new code of 100 random bits and returns the code (ACC-15). */
export async function createInvite(
  database: Database,
  runtime: Runtime,
  terms: InviteTerms,
): Promise<string> {
  const code = [...runtime.randomBytes(CODE_CHARACTERS)]
    .map((byte) => ALPHABET.charAt(byte % ALPHABET.length))
    .join('');
  await database
    .insertInto('sign_up_invites')
    .values({
      code_hash: hashOf(code),
      created_by: terms.createdBy,
      created_at: runtime.now(),
      expires_at: terms.expiresAt,
      uses_left: terms.uses,
    })
    .execute();
  return code.replace(new RegExp(`(.{${GROUP_CHARACTERS}})(?=.)`, 'g'), '$1-');
}

/**
 * Takes one use of the code, within the transaction that makes the account (ACC-16), and returns who
 * invited. Throws `invite_invalid`: unknown, used up, expired, or its creator may not act.
 */
export async function redeemInvite(
  database: Database,
  code: string,
  now: number,
): Promise<number | null> {
  const code_hash = hashOf(normalised(code));
  const invite = await database
    .selectFrom('sign_up_invites')
    .leftJoin('accounts', 'accounts.id', 'sign_up_invites.created_by')
    .select(['created_by', 'uses_left', 'accounts.suspended_reason', 'accounts.name'])
    .where('code_hash', '=', code_hash)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
    .executeTakeFirst();
  const mayInvite = invite?.created_by === null || (invite?.name && !invite.suspended_reason);
  if (!invite || !mayInvite) {
    throw new VerificationError(
      'invite_invalid',
      'this invite code is unknown, used up or expired',
    );
  }
  const row = database.updateTable('sign_up_invites').where('code_hash', '=', code_hash);
  if (invite.uses_left > 1) await row.set({ uses_left: invite.uses_left - 1 }).execute();
  else await database.deleteFrom('sign_up_invites').where('code_hash', '=', code_hash).execute();
  return invite.created_by;
}

/** As people type codes: any case, with or without dashes and spaces, look-alike letters. */
function normalised(code: string): string {
  const plain = code.toLowerCase().replace(/[\s-]/g, '');
  return plain.replace(/[il]/g, '1').replaceAll('o', '0');
}

function hashOf(code: string): string {
  return createHash('sha256').update('heliogram sign-up invite v1').update(code).digest('hex');
}
