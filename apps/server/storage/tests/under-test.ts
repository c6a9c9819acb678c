import type { Storage } from '../port.ts';

/** A fresh, empty storage, and a way to close it and open what it left behind. */
export type StorageUnderTest = {
  readonly storage: Storage;
  reopen(): Promise<StorageUnderTest>;
  dispose(): Promise<void>;
};

export type Check = (title: string, run: (under: StorageUnderTest) => Promise<void>) => void;
