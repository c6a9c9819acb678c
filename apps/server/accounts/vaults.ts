import { ValidationError } from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import type { Storage } from '../storage/port.ts';
import type { DeviceLists } from './device-lists.ts';
import { findVaultRow, replaceVault } from './vault-records.ts';

export type VaultParts = { readonly storage: Storage; readonly lists: DeviceLists };

export async function getVault(
  { storage }: VaultParts,
  { account }: DeviceCaller,
): Promise<Uint8Array> {
  const row = await findVaultRow(storage.db, account);
  if (row) return row.vault;
  throw new ValidationError('gone', 'this account was deleted');
}

/** Replaces the vault if it is the next revision, for the list as it stands (ACC-50, ACC-51). */
export async function putVault(
  { storage, lists }: VaultParts,
  bytes: Uint8Array,
  caller: DeviceCaller,
): Promise<void> {
  const stored = await findVaultRow(storage.db, caller.account);
  if (stored && Buffer.from(stored.vault).equals(bytes)) return;
  const vault = await lists.verifyVault(caller, bytes);
  await storage.transaction((database) => replaceVault(database, caller.account, vault));
}
