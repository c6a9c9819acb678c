import { test } from 'node:test';
import type { ClientStore } from '../src/store/port.ts';
import { storeCases } from './contract/cases.ts';

/** What every ClientStore promises. `open` answers a new store, empty each time. */
export function storeContract(name: string, open: () => Promise<ClientStore>): void {
  storeCases((what, run) =>
    test(`SDK-5: ${name}: ${what}`, async () => {
      const store = await open();
      try {
        await run(store);
      } finally {
        await store.close();
      }
    }),
  );
}
