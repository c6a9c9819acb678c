import { parseAccountId, parseDeviceId } from '@heliogram/crypto/verify';
import { accountId, type DeleteAccountRequest, type DeviceId, deviceId } from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import { forgetPushOfAccounts } from '../push/index.ts';
import type { Database } from '../storage/port.ts';
import { forgetActivity } from './device-activity.ts';
import { findDevice } from './device-records.ts';
import type { AccountsOptions, DeletedAccount } from './options.ts';
import type { Proofs } from './proofs.ts';
import { signatureInvalid } from './refusals.ts';
import type { Standings } from './standings.ts';
import { buryAccount } from './tombstones.ts';
import { releaseUsername } from './usernames.ts';

const MARK = 'account-deletion:';
const RETRY_MS = 60_000;

export type DeletionParts = Pick<
  AccountsOptions,
  'storage' | 'runtime' | 'sessions' | 'onAccountDeleted' | 'report'
> & { readonly proofs: Proofs; readonly standings: Standings };

/**
 * Deletes accounts in two durable steps (ACC-60 to ACC-62). The first takes devices, vault, profile
 * and username and leaves a mark: from then on the account is gone for everybody. Between them every
 * room removes what it keeps; the second removes the rest and the mark. Whatever interrupts, the mark
 * lets it go on.
 */
export class Deletions {
  readonly #parts: DeletionParts;

  constructor(parts: DeletionParts) {
    this.#parts = parts;
  }

  /**
   * Deletes the caller's account once its device has answered a challenge. Resolves when all is gone,
   * or when what failed was put off; either way the account does not come back.
   */
  async delete(request: DeleteAccountRequest, caller: DeviceCaller): Promise<void> {
    const { storage, runtime, standings, sessions } = this.#parts;
    await this.#prove(request, caller);
    const { account, accountId } = caller;
    const deleted = { account, accountId };
    const devices = await storage.transaction((database) =>
      takeAway(database, { ...deleted, now: runtime.settledNow() }),
    );
    standings.changed([account]);
    const reason = { code: 'gone', message: 'this account was deleted' } as const;
    for (const device of devices) {
      if (device !== caller.deviceId) sessions.endDevice(accountId, device, reason);
    }
    await this.#finishOrRetry(deleted);
    // After the answer: the device that asked hears it.
    runtime.soon(() => sessions.endAccount(accountId, reason));
  }

  /** Finishes what an earlier run of the server left marked. Call it once at start. */
  async resume(): Promise<void> {
    for (const deleted of await markedDeletions(this.#parts.storage.db)) {
      await this.#finishOrRetry(deleted);
    }
  }

  /** The device's signature over a challenge and the dialled origin, for this and nothing else. */
  async #prove(request: DeleteAccountRequest, caller: DeviceCaller): Promise<void> {
    const terms = this.#parts.proofs.redeem(request);
    const device = await findDevice(this.#parts.storage.db, caller.deviceId);
    if (!device || device.revoked) throw signatureInvalid();
    const accountId = parseAccountId(caller.accountId);
    await this.#parts.proofs.verify({
      terms,
      purpose: { purpose: 'delete-account', accountId, deviceId: parseDeviceId(caller.deviceId) },
      publicKey: device.publicKey,
      signature: request.signature,
    });
  }

  async #finishOrRetry(deleted: DeletedAccount): Promise<void> {
    const { onAccountDeleted, report, runtime, storage } = this.#parts;
    try {
      for (const forget of onAccountDeleted) await forget(deleted);
      await storage.transaction((database) => removeRest(database, deleted));
      await this.#forgetRemoved();
    } catch (error) {
      report(error);
      runtime.after(RETRY_MS, () => void this.#finishOrRetry(deleted));
    }
  }

  /** The journal still has what the tables lost; a backup that reads it is waited for. */
  async #forgetRemoved(): Promise<void> {
    const { report, runtime, storage } = this.#parts;
    if (await storage.forgetRemoved()) return;
    runtime.after(RETRY_MS, () => void this.#forgetRemoved().catch(report));
  }
}

async function takeAway(
  database: Database,
  { account, accountId: id, now }: DeletedAccount & { readonly now: number },
): Promise<DeviceId[]> {
  await database
    .insertInto('settings')
    .values({ key: `${MARK}${account}`, value: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const devices = await database
    .deleteFrom('devices')
    .where('account', '=', account)
    .returning('device_id')
    .execute();
  await forgetActivity(
    database,
    devices.map((row) => row.device_id),
  );
  await forgetPushOfAccounts(database, [account]);
  await database.deleteFrom('device_statements').where('account', '=', account).execute();
  await database.deleteFrom('vault_locators').where('account', '=', account).execute();
  await database.deleteFrom('vaults').where('account', '=', account).execute();
  await database.deleteFrom('sign_up_invites').where('created_by', '=', account).execute();
  await blankAccount(database, { account, now });
  await buryAccount(database, id);
  return devices.map((row) => deviceId(row.device_id));
}

async function blankAccount(
  database: Database,
  { account, now }: { readonly account: number; readonly now: number },
): Promise<void> {
  const row = await database
    .selectFrom('accounts')
    .select(['username', 'invited_by'])
    .where('id', '=', account)
    .executeTakeFirst();
  if (row?.username) {
    await releaseUsername(database, { username: row.username, by: account, now });
  }
  // Those whom it invited stay on the branch that it was on.
  await database
    .updateTable('accounts')
    .set({ invited_by: row?.invited_by ?? null })
    .where('invited_by', '=', account)
    .execute();
  await database
    .updateTable('accounts')
    .set({ name: '', username: null, bio: '', identity_key: new Uint8Array(), invites_left: 0 })
    .where('id', '=', account)
    .execute();
}

async function markedDeletions(database: Database): Promise<DeletedAccount[]> {
  const rows = await database
    .selectFrom('settings')
    .selectAll()
    .where('key', '>=', MARK)
    .where('key', '<', `${MARK}~`)
    .execute();
  return rows.map(({ key, value }) => ({
    account: Number(key.slice(MARK.length)),
    accountId: accountId(value),
  }));
}

/** What no room took with it. */
async function removeRest(database: Database, { account }: DeletedAccount): Promise<void> {
  await database.deleteFrom('read_marks').where('account', '=', account).execute();
  await database.deleteFrom('memberships').where('account', '=', account).execute();
  await database.deleteFrom('reactions').where('account', '=', account).execute();
  await database.deleteFrom('join_requests').where('account', '=', account).execute();
  await database.deleteFrom('scheduled_posts').where('author', '=', account).execute();
  await database.deleteFrom('accounts').where('id', '=', account).execute();
  await database.deleteFrom('settings').where('key', '=', `${MARK}${account}`).execute();
}
