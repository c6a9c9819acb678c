import { parseAccountId, subjectHash } from '@heliogram/crypto/verify';
import {
  type AddDeviceRequest,
  deviceId,
  type FindVaultRequest,
  type PublishDeviceStatementRequest,
  VerificationError,
} from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import { type AccountRef, findAccount } from './account-records.ts';
import {
  type DeviceListChange,
  type DeviceLists,
  decodeStatement,
  statementPage,
} from './device-lists.ts';
import type { AccountsOptions } from './options.ts';
import { DECOY_KEY, type Proofs } from './proofs.ts';
import { signatureInvalid } from './refusals.ts';
import { type Standings, suspended } from './standings.ts';
import { findVaultRow, locatorText } from './vault-records.ts';

export type DeviceChangeParts = Pick<
  AccountsOptions,
  'storage' | 'runtime' | 'sessions' | 'notices'
> & {
  readonly lists: DeviceLists;
  readonly proofs: Proofs;
  readonly standings: Standings;
};

/** Publishes the next statement of the caller's own list; a revoked device is cut off at once (ACC-44). */
export async function publishStatement(
  parts: DeviceChangeParts,
  request: PublishDeviceStatementRequest,
  caller: DeviceCaller,
): Promise<void> {
  const change = await parts.lists.verifyChange(caller, request);
  if (!change) return;
  await storeChange(parts, change);
  if (change.decoded.content.action.kind === 'revoke') cutOff(parts, change, caller);
  parts.notices.accountChanged(caller.accountId);
}

async function storeChange(parts: DeviceChangeParts, change: DeviceListChange): Promise<void> {
  await parts.lists.store(change, parts.runtime.now());
  parts.standings.changed([change.account]);
}

function cutOff(
  { runtime, sessions }: DeviceChangeParts,
  { decoded }: DeviceListChange,
  caller: DeviceCaller,
): void {
  const revoked = deviceId(decoded.deviceId);
  const reason = {
    code: 'device_revoked',
    message: 'this device was removed from the account',
  } as const;
  const end = () => sessions.endDevice(caller.accountId, revoked, reason);
  // A device that revokes itself may do no more, but still hears the answer.
  if (revoked === caller.deviceId) runtime.soon(end);
  else end();
}

/** Enrols the device that signed, by a statement of the identity key (ACC-45). */
export async function addDevice(
  parts: DeviceChangeParts,
  request: AddDeviceRequest,
): Promise<{ readonly deviceId: string }> {
  const terms = parts.proofs.redeem(request);
  const decoded = await decodeStatement(request.statement);
  const { action } = decoded.content;
  if (action.kind !== 'add' || decoded.accountId !== request.accountId) throw notAnAddition();
  const owner = await findAccount(parts.storage.db, request.accountId);
  await parts.proofs.verify({
    terms,
    purpose: {
      purpose: 'add-device',
      accountId: parseAccountId(request.accountId),
      deviceId: decoded.deviceId,
      subject: subjectHash(request.statement, request.vault),
    },
    publicKey: action.device.signatureKey,
    signature: request.signature,
  });
  if (!owner) throw signatureInvalid();
  const change = await parts.lists.verifyChange(owner, request);
  // Only now is it known that the identity key stands behind the call.
  await requireStanding(parts, owner);
  if (change) {
    await storeChange(parts, change);
    parts.notices.accountChanged(owner.accountId);
  }
  return { deviceId: decoded.deviceId };
}

export type FoundVault = {
  readonly accountId: string;
  readonly vault: Uint8Array;
  readonly statements: Uint8Array[];
};

/**
 * The sealed vault for whoever holds the phrase's lookup key (ACC-52), with the first page of the
 * device list. An unknown locator and a wrong signature fail alike.
 */
export async function findVault(
  parts: DeviceChangeParts,
  request: FindVaultRequest,
): Promise<FoundVault> {
  const terms = parts.proofs.redeem(request);
  const { locator, signature } = request;
  const { db } = parts.storage;
  const row = await db
    .selectFrom('vault_locators')
    .innerJoin('accounts', 'accounts.id', 'vault_locators.account')
    .select(['vault_locators.account', 'vault_locators.lookup_key', 'accounts.account_id'])
    .where('locator', '=', locatorText(locator))
    .executeTakeFirst();
  const publicKey = row?.lookup_key ?? DECOY_KEY;
  try {
    await parts.proofs.verify({
      terms,
      purpose: { purpose: 'find-vault', locator },
      publicKey,
      signature,
    });
  } catch (error) {
    throw phraseInvalid(error);
  }
  if (!row) throw phraseInvalid();
  await requireStanding(parts, row);
  const vault = await findVaultRow(db, row.account);
  if (!vault) throw phraseInvalid();
  const { statements } = await statementPage(db, row.account, 0);
  return { accountId: row.account_id, vault: vault.vault, statements };
}

async function requireStanding(
  { standings }: DeviceChangeParts,
  { account }: Pick<AccountRef, 'account'>,
): Promise<void> {
  const { suspendedReason } = await standings.of(account);
  if (suspendedReason !== null) throw suspended(suspendedReason);
}

function notAnAddition(): VerificationError {
  return new VerificationError(
    'statement_invalid',
    'the statement does not add a device of this account',
  );
}

function phraseInvalid(cause?: unknown): VerificationError {
  return new VerificationError('phrase_invalid', 'no account on this server matches this phrase', {
    cause,
  });
}
