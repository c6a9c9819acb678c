import type { ClientStore } from '../../src/store/port.ts';
import { chatCases } from './chat-cases.ts';
import { entryCases } from './entry-cases.ts';
import { erasingCases } from './erasing-cases.ts';
import { outboxCases } from './outbox-cases.ts';
import { recordCases } from './record-cases.ts';
import { searchCases } from './search-cases.ts';

export type Check = (what: string, run: (store: ClientStore) => Promise<void>) => void;

/** What every ClientStore promises; each check wants a new store, empty. Runs on Node and in browsers. */
export function storeCases(check: Check): void {
  outboxCases(check);
  recordCases(check);
  entryCases(check);
  searchCases(check);
  chatCases(check);
  erasingCases(check);
}
