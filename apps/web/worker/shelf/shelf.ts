/** A small durable key-value shelf, for what SQLite is no place for: files and keys. */
export interface Shelf<Value> {
  get(key: string): Promise<Value | undefined>;
  put(key: string, value: Value): Promise<void>;
  delete(key: string): Promise<void>;
  all(): Promise<readonly Value[]>;
  clear(): Promise<void>;
}
