import { chatCases } from './chat-cases.ts';
import type { Check } from './check.ts';
import { entryCases } from './entry-cases.ts';
import { erasingCases } from './erasing-cases.ts';
import { outboxCases } from './outbox-cases.ts';
import { ownStateCases } from './own-state-cases.ts';
import { recordCases } from './record-cases.ts';
import { searchCases } from './search-cases.ts';

/** What every ClientStore promises; runs on Node and in browsers. */
export function storeCases(check: Check): void {
  outboxCases(check);
  recordCases(check);
  entryCases(check);
  searchCases(check);
  chatCases(check);
  ownStateCases(check);
  erasingCases(check);
}
