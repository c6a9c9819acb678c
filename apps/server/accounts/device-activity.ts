import type { DeviceId } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { Database, Storage } from '../storage/port.ts';

const MINUTE_MS = 60_000;

export type ActivityParts = {
  readonly storage: Pick<Storage, 'db'>;
  readonly runtime: Pick<Runtime, 'now'>;
  readonly isLive: (deviceId: DeviceId) => boolean;
  readonly report: (error: unknown) => void;
};

/** When devices were last active (ACC-46): at a sign-in, when their connection ended, or now. */
export class DeviceActivity {
  readonly #parts: ActivityParts;
  readonly #writing = new Set<Promise<void>>();

  constructor(parts: ActivityParts) {
    this.#parts = parts;
  }

  /** Nobody waits for it: an activity that is lost in a crash is told by the next one. */
  note(deviceId: DeviceId): void {
    const written = this.#write(deviceId)
      .catch(this.#parts.report)
      .finally(() => this.#writing.delete(written));
    this.#writing.add(written);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  /** Of an account's active devices, by id; those that were never active are left out. */
  async of(account: number): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#parts.storage.db
      .selectFrom('devices')
      .innerJoin('device_activity', 'device_activity.device_id', 'devices.device_id')
      .select(['devices.device_id', 'last_active_at'])
      .where('account', '=', account)
      .where('revoked_at', 'is', null)
      .execute();
    return new Map(rows.map((row) => [row.device_id, row.last_active_at]));
  }

  /** For a device that holds a connection it is now. */
  at(deviceId: DeviceId, noted: number | undefined): number | undefined {
    return this.#parts.isLive(deviceId) ? this.#minute() : noted;
  }

  async #write(deviceId: DeviceId): Promise<void> {
    const last_active_at = this.#minute();
    await this.#parts.storage.db
      .insertInto('device_activity')
      // A device that was revoked or deleted meanwhile leaves nothing.
      .columns(['device_id', 'last_active_at'])
      .expression((from) =>
        from
          .selectFrom('devices')
          .select(({ val }) => ['device_id', val(last_active_at).as('last_active_at')])
          .where('device_id', '=', deviceId)
          .where('revoked_at', 'is', null),
      )
      .onConflict((conflict) => conflict.column('device_id').doUpdateSet({ last_active_at }))
      .execute();
  }

  #minute(): number {
    return Math.floor(this.#parts.runtime.now() / MINUTE_MS) * MINUTE_MS;
  }
}

export async function forgetActivity(
  database: Database,
  deviceIds: readonly string[],
): Promise<void> {
  if (deviceIds.length === 0) return;
  await database.deleteFrom('device_activity').where('device_id', 'in', deviceIds).execute();
}
