import type { CheckName } from '../../src/index.ts';
import type { Cases } from './case.ts';
import { joinCases } from './join-cases.ts';
import { leafCases } from './leaf-cases.ts';
import { messageCases } from './message-cases.ts';
import { pathCases } from './path-cases.ts';
import { proposalCases } from './proposal-cases.ts';

/** One for every entry of the table of checks: the compiler refuses a gap. */
export const checkCases: Cases<CheckName> = {
  ...messageCases,
  ...leafCases,
  ...proposalCases,
  ...pathCases,
  ...joinCases,
};
