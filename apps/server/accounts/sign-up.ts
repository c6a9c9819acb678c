import {
  type DecodedDeviceStatement,
  subjectHash,
  verifyChain,
  verifyProofOfWork,
  verifyVault,
} from '@heliogram/crypto/verify';
import {
  limits,
  type SignUpRequest,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';
import { decodeStatement, insertStatement, requireNewDevice } from './device-lists.ts';
import { displayName } from './display-text.ts';
import type { AccountsOptions } from './options.ts';
import type { Proofs } from './proofs.ts';
import { refusingAs, statementRefusal, vaultRefusal } from './refusals.ts';
import { redeemInvite } from './sign-up-invites.ts';
import { wasDeleted } from './tombstones.ts';
import { claimableUsername, claimUsername } from './usernames.ts';
import { findVaultRow, insertVault, type VerifiedVault } from './vault-records.ts';

export type SignUpParts = Pick<
  AccountsOptions,
  'storage' | 'runtime' | 'verifier' | 'registration'
> & { readonly proofs: Proofs };

/** A sign-up whose every signature holds; whether it may be stored is for the transaction to say. */
type VerifiedSignUp = {
  readonly name: string;
  readonly username: string;
  readonly invite: string;
  readonly decoded: DecodedDeviceStatement;
  readonly statement: Uint8Array;
  readonly vault: VerifiedVault;
};

/** Makes an account from what its first device signed (ACC-11 to ACC-14). */
export async function signUp(
  parts: SignUpParts,
  request: SignUpRequest,
): Promise<{ readonly accountId: string; readonly deviceId: string }> {
  if (parts.registration.policy === 'closed') {
    throw new VerificationError('registration_closed', 'this server is not accepting new accounts');
  }
  const verified = await verifySignUp(parts, request);
  await parts.storage.transaction((database) => storeSignUp(parts, database, verified));
  const { accountId, deviceId } = verified.decoded;
  return { accountId, deviceId };
}

async function verifySignUp(parts: SignUpParts, request: SignUpRequest): Promise<VerifiedSignUp> {
  const name = displayName(request.name, limits.maxNameCharacters);
  const username = request.username && claimableUsername(request.username);
  const terms = parts.proofs.redeem(request);
  const decoded = await decodeStatement(request.statement);
  requireWork(parts, request, decoded);
  const vault = await verifyOwn(parts, request, decoded);
  const { action } = decoded.content;
  if (action.kind !== 'add') throw notTheFirst();
  await parts.proofs.verify({
    terms,
    purpose: {
      purpose: 'sign-up',
      accountId: decoded.accountId,
      deviceId: decoded.deviceId,
      subject: subjectHash(request.statement, request.vault),
    },
    publicKey: action.device.signatureKey,
    signature: request.signature,
  });
  const { invite, statement } = request;
  return { name, username, invite, decoded, statement, vault };
}

/** The nonce is 8 bytes, big-endian (ACC-12); the cheapest check comes before any signature. */
function requireWork(
  { registration }: SignUpParts,
  request: SignUpRequest,
  { content }: DecodedDeviceStatement,
): void {
  const { difficultyBits } = registration;
  if (difficultyBits === 0) return;
  const { challenge, proofOfWork } = request;
  const { identityPublicKey } = content;
  try {
    const nonce = Number(Buffer.from(proofOfWork).readBigUInt64BE());
    verifyProofOfWork({ challenge, identityPublicKey, difficultyBits }, nonce);
  } catch (error) {
    throw new VerificationError('proof_of_work_invalid', 'the proof of work is not valid', {
      cause: error,
    });
  }
}

async function verifyOwn(
  { verifier }: SignUpParts,
  { statement, vault }: SignUpRequest,
  { accountId }: DecodedDeviceStatement,
): Promise<VerifiedVault> {
  const devices = await refusingAs(statementRefusal, () =>
    verifyChain({ accountId, statements: [statement], verifier }),
  );
  const decoded = await refusingAs(vaultRefusal, () =>
    verifyVault({ vault, devices, storedRevision: 0, verifier }),
  );
  return { bytes: vault, decoded };
}

function notTheFirst(): VerificationError {
  return new VerificationError('statement_invalid', 'the first statement must add a device');
}

async function storeSignUp(
  parts: SignUpParts,
  database: Database,
  verified: VerifiedSignUp,
): Promise<void> {
  const { accountId } = verified.decoded;
  if (await isStoredAlready(database, verified)) return;
  if (await wasDeleted(database, accountId)) {
    throw new ValidationError('gone', 'this account was deleted and cannot be created again');
  }
  const now = parts.runtime.settledNow();
  const invitedBy = await inviterOf(parts, database, verified.invite);
  const account = await insertAccount(parts, database, { verified, invitedBy });
  await insertStatement(database, { account, number: 1, statement: verified.statement });
  await requireNewDevice(database, { account, decoded: verified.decoded, now });
  await insertVault(database, account, verified.vault);
  if (!verified.username) return;
  const claim = { username: verified.username, holder: { account }, by: account, now };
  const username = await claimUsername(database, claim);
  await database.updateTable('accounts').set({ username }).where('id', '=', account).execute();
}

/**
 * True for the very sign-up that is stored: its answer was lost (ACC-14). Another vault would mean
 * that the person wrote down a phrase which opens nothing.
 */
async function isStoredAlready(database: Database, verified: VerifiedSignUp): Promise<boolean> {
  const { accountId } = verified.decoded;
  const row = await database
    .selectFrom('accounts')
    .innerJoin('device_statements', 'device_statements.account', 'accounts.id')
    .select(['accounts.id', 'device_statements.statement'])
    .where('accounts.account_id', '=', accountId)
    .where('device_statements.number', '=', 1)
    .executeTakeFirst();
  if (!row) return false;
  const vault = await findVaultRow(database, row.id);
  const same =
    Buffer.from(row.statement).equals(verified.statement) &&
    vault !== undefined &&
    Buffer.from(vault.vault).equals(verified.vault.bytes);
  if (same) return true;
  throw new ValidationError('already_exists', 'this account already exists');
}

async function inviterOf(
  { registration, runtime }: SignUpParts,
  database: Database,
  invite: string,
): Promise<number | null> {
  if (invite !== '') return redeemInvite(database, invite, runtime.settledNow());
  if (registration.policy === 'open') return null;
  throw new VerificationError('invite_invalid', 'this server requires an invite code to sign up');
}

async function insertAccount(
  { runtime, registration }: SignUpParts,
  database: Database,
  { verified, invitedBy }: { readonly verified: VerifiedSignUp; readonly invitedBy: number | null },
): Promise<number> {
  const { id } = await database
    .insertInto('accounts')
    .values({
      account_id: verified.decoded.accountId,
      identity_key: verified.decoded.content.identityPublicKey,
      name: verified.name,
      username: null,
      bio: '',
      avatar_media_id: '',
      created_at: runtime.now(),
      invited_by: invitedBy,
      suspended_reason: null,
      invites_left: registration.invitesPerAccount,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
