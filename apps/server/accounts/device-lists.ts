import {
  type DecodedDeviceStatement,
  decodeDeviceStatement,
  extendChain,
  parseAccountId,
  type SignatureVerifier,
  type VerifiedDeviceList,
  verifyChain,
  verifyVault,
} from '@heliogram/crypto/verify';
import { limits, ValidationError } from '@heliogram/protocol';
import type { Database, Storage } from '../storage/port.ts';
import type { AccountRef } from './account-records.ts';
import { insertDevice, markRevoked } from './device-records.ts';
import { refusingAs, statementRefusal, vaultRefusal } from './refusals.ts';
import { findVaultRow, replaceVault, type VerifiedVault } from './vault-records.ts';

/** What was verified when it was stored is not verified again to be extended. */
const STORED: SignatureVerifier = { verify: () => true };
/** A page of statements, and what comes with a found vault, fits a frame beside the vault. */
const MAX_PAGE_BYTES = limits.maxReadBytes / 2;

/** A statement and the vault sealed for it, both verified against what is stored. */
export type DeviceListChange = {
  readonly account: number;
  readonly statement: Uint8Array;
  readonly decoded: DecodedDeviceStatement;
  readonly vault: VerifiedVault;
};

export type DeviceListRequest = {
  readonly statement: Uint8Array;
  readonly vault: Uint8Array;
};

/** Throws `statement_invalid`. */
export function decodeStatement(bytes: Uint8Array): Promise<DecodedDeviceStatement> {
  return refusingAs(statementRefusal, () => decodeDeviceStatement(bytes));
}

export class DeviceLists {
  readonly #storage: Storage;
  readonly #verifier: SignatureVerifier;

  constructor(storage: Storage, verifier: SignatureVerifier) {
    this.#storage = storage;
    this.#verifier = verifier;
  }

  /**
   * Verifies the next statement and its vault (ACC-41, ACC-51). Undefined when this very statement is
   * stored already: its answer was lost. Throws `conflict`, `statement_invalid`, `limit_reached`,
   * `vault_stale` or `invalid_argument`.
   */
  async verifyChange(
    owner: AccountRef,
    request: DeviceListRequest,
  ): Promise<DeviceListChange | undefined> {
    const decoded = await decodeStatement(request.statement);
    const { db } = this.#storage;
    const statements = await allStatements(db, owner.account);
    const stored = statements[decoded.content.seq - 1];
    if (stored && Buffer.from(stored).equals(request.statement)) return undefined;
    const list = await refusingAs(statementRefusal, async () =>
      extendChain(await listOf(owner, statements), request.statement, this.#verifier),
    );
    const vault = await this.#verifyVault(owner, { list, vault: request.vault });
    return { account: owner.account, statement: request.statement, decoded, vault };
  }

  /** Verifies a vault for the stored list (ACC-51). Throws `vault_stale` or `invalid_argument`. */
  async verifyVault(owner: AccountRef, vault: Uint8Array): Promise<VerifiedVault> {
    const statements = await allStatements(this.#storage.db, owner.account);
    const list = await refusingAs(statementRefusal, () => listOf(owner, statements));
    return this.#verifyVault(owner, { list, vault });
  }

  /**
   * Stores both or neither (ACC-42); the one of two concurrent changes that comes second gets
   * `conflict`. Throws `already_exists` for a device that another account lists.
   */
  async store(change: DeviceListChange, now: number): Promise<void> {
    await this.#storage.transaction(async (database) => {
      const { account, statement, decoded } = change;
      const { seq: number, action } = decoded.content;
      if ((await headNumber(database, account)) !== number - 1) {
        throw new ValidationError(
          'conflict',
          'another device changed the device list: fetch it and try again',
        );
      }
      await insertStatement(database, { account, number, statement });
      const { deviceId } = decoded;
      if (action.kind === 'revoke') await markRevoked(database, { account, deviceId, now });
      else await requireNewDevice(database, { ...change, now });
      await replaceVault(database, account, change.vault);
    });
  }

  async #verifyVault(
    { account }: AccountRef,
    { list, vault }: { readonly list: VerifiedDeviceList; readonly vault: Uint8Array },
  ): Promise<VerifiedVault> {
    const stored = await findVaultRow(this.#storage.db, account);
    const check = { vault, devices: list, storedRevision: stored?.revision ?? 0 };
    const decoded = await refusingAs(vaultRefusal, () =>
      verifyVault({ ...check, verifier: this.#verifier }),
    );
    return { bytes: vault, decoded };
  }
}

/** Statements after a number, oldest first, at least one if there is one (ACC-40). */
export async function statementPage(
  database: Database,
  account: number,
  afterNumber: number,
): Promise<{ readonly statements: Uint8Array[]; readonly more: boolean }> {
  const rows = await database
    .selectFrom('device_statements')
    .select('statement')
    .where('account', '=', account)
    .where('number', '>', afterNumber)
    .orderBy('number')
    .execute();
  let bytes = 0;
  const fitting = rows.findIndex(({ statement }) => {
    bytes += statement.byteLength;
    return bytes > MAX_PAGE_BYTES;
  });
  const count = fitting === -1 ? rows.length : Math.max(1, fitting);
  const statements = rows.slice(0, count).map(({ statement }) => statement);
  return { statements, more: count < rows.length };
}

export async function insertStatement(
  database: Database,
  row: { readonly account: number; readonly number: number; readonly statement: Uint8Array },
): Promise<void> {
  await database.insertInto('device_statements').values(row).execute();
}

/** Throws `already_exists`: a device key serves one account only. */
export async function requireNewDevice(
  database: Database,
  change: Pick<DeviceListChange, 'account' | 'decoded'> & { readonly now: number },
): Promise<void> {
  const { account, decoded, now } = change;
  const { action } = decoded.content;
  if (action.kind !== 'add') return;
  const { deviceId } = decoded;
  const device = { account, deviceId, description: action.device, now };
  if (await insertDevice(database, device)) return;
  throw new ValidationError('already_exists', 'this device is already in the device list');
}

async function allStatements(database: Database, account: number): Promise<Uint8Array[]> {
  const rows = await database
    .selectFrom('device_statements')
    .select('statement')
    .where('account', '=', account)
    .orderBy('number')
    .execute();
  return rows.map(({ statement }) => statement);
}

function listOf(
  { accountId }: AccountRef,
  statements: readonly Uint8Array[],
): Promise<VerifiedDeviceList> {
  return verifyChain({ accountId: parseAccountId(accountId), statements, verifier: STORED });
}

async function headNumber(database: Database, account: number): Promise<number> {
  const row = await database
    .selectFrom('device_statements')
    .select('number')
    .where('account', '=', account)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.number ?? 0;
}
