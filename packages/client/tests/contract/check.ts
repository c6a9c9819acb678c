import type { ClientStore } from '../../src/store/port.ts';

/** Declares one promise of a store; `run` is given a new store, empty. */
export type Check = (what: string, run: (store: ClientStore) => Promise<void>) => void;
