import { type DecodedVault, vaultLocators } from '@heliogram/crypto/verify';
import { ValidationError, VerificationError } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';
import type { VaultRow } from '../storage/schema.ts';

/** A vault whose signature, revision and openers were verified, with the bytes to store. */
export type VerifiedVault = { readonly bytes: Uint8Array; readonly decoded: DecodedVault };

export function findVaultRow(database: Database, account: number): Promise<VaultRow | undefined> {
  return database
    .selectFrom('vaults')
    .selectAll()
    .where('account', '=', account)
    .executeTakeFirst();
}

export async function insertVault(
  database: Database,
  account: number,
  vault: VerifiedVault,
): Promise<void> {
  const { revision } = vault.decoded;
  await database.insertInto('vaults').values({ account, revision, vault: vault.bytes }).execute();
  await writeLocators(database, account, vault.decoded);
}

/**
 * Replaces the vault if the stored one is still the revision before it (ACC-50). Call it within a
 * transaction. Throws `vault_stale`.
 */
export async function replaceVault(
  database: Database,
  account: number,
  vault: VerifiedVault,
): Promise<void> {
  const { revision } = vault.decoded;
  const result = await database
    .updateTable('vaults')
    .set({ revision, vault: vault.bytes })
    .where('account', '=', account)
    .where('revision', '=', revision - 1)
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) {
    throw new VerificationError('vault_stale', 'the vault has changed: fetch it and try again');
  }
  await database.deleteFrom('vault_locators').where('account', '=', account).execute();
  await writeLocators(database, account, vault.decoded);
}

async function writeLocators(
  database: Database,
  account: number,
  vault: DecodedVault,
): Promise<void> {
  for (const { locator, lookupKey } of vaultLocators(vault)) {
    const result = await database
      .insertInto('vault_locators')
      .values({ locator: locatorText(locator), account, lookup_key: lookupKey })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (result.numInsertedOrUpdatedRows !== 1n) {
      throw new ValidationError('already_exists', 'another vault already uses this locator');
    }
  }
}

export function locatorText(locator: Uint8Array): string {
  return Buffer.from(locator).toString('hex');
}
