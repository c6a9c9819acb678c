import type { Shelf } from './shelf.ts';

/** A shelf in IndexedDB. */
export class IndexedShelf<Value> implements Shelf<Value> {
  readonly #name: string;
  #opened: Promise<IDBDatabase> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  async get(key: string): Promise<Value | undefined> {
    return this.#run('readonly', (store) => store.get(key) as IDBRequest<Value | undefined>);
  }

  async put(key: string, value: Value): Promise<void> {
    await this.#run('readwrite', (store) => store.put(value, key));
  }

  async delete(key: string): Promise<void> {
    await this.#run('readwrite', (store) => store.delete(key));
  }

  async all(): Promise<readonly Value[]> {
    return this.#run('readonly', (store) => store.getAll() as IDBRequest<Value[]>);
  }

  async clear(): Promise<void> {
    await this.#run('readwrite', (store) => store.clear());
  }

  async #run<T>(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    this.#opened ??= open(this.#name);
    const database = await this.#opened;
    // Relaxed durability would acknowledge what a crash can still lose.
    const transaction = database.transaction('values', mode, { durability: 'strict' });
    const request = ask(transaction.objectStore('values'));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('values');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
