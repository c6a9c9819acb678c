import { DependencyError } from '@heliogram/protocol';
import type { DeviceKeys } from '../accounts/sign-up.ts';

const shelf = 'keys';

/**
 * A device's keys, apart from the store: clearing or losing the one leaves the other. In the origin's
 * IndexedDB, readable by this origin's scripts only. Throws `unavailable` where the browser keeps
 * nothing, `storage_full` where there is no room.
 */
export class DeviceKeyStore {
  readonly #name: string;

  constructor(name = 'heliogram-device') {
    this.#name = name;
  }

  /** Durable once it resolves. `slot` names whose keys these are, such as the server's origin. */
  async put(slot: string, keys: DeviceKeys): Promise<void> {
    await this.#run('readwrite', (keep) => keep.put(keys, slot));
  }

  async get(slot: string): Promise<DeviceKeys | undefined> {
    const found = await this.#run<unknown>('readonly', (keep) => keep.get(slot));
    return isDeviceKeys(found) ? found : undefined;
  }

  async delete(slot: string): Promise<void> {
    await this.#run('readwrite', (keep) => keep.delete(slot));
  }

  async #run<T>(
    mode: IDBTransactionMode,
    work: (keep: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const database = await this.#open();
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = database.transaction(shelf, mode, { durability: 'strict' });
        const request = work(transaction.objectStore(shelf));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(keyStoreError(transaction.error));
        transaction.onerror = () => reject(keyStoreError(transaction.error));
      });
    } finally {
      database.close();
    }
  }

  #open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.#name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(shelf);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(keyStoreError(request.error));
    });
  }
}

function keyStoreError(cause: DOMException | null): DependencyError {
  if (cause?.name === 'QuotaExceededError') {
    return new DependencyError(
      'storage_full',
      'there is no space left for the keys of this device',
    );
  }
  return new DependencyError('unavailable', 'this browser does not store the keys of this device');
}

function isDeviceKeys(value: unknown): value is DeviceKeys {
  if (typeof value !== 'object' || value === null) return false;
  const { accountId, deviceId, signatureSeed, secrets } = value as Partial<
    Record<keyof DeviceKeys, unknown>
  >;
  const texts = typeof accountId === 'string' && typeof deviceId === 'string';
  return texts && signatureSeed instanceof Uint8Array && secrets instanceof Uint8Array;
}
