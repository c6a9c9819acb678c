import type { Commands } from '../bridge/contract/contract.ts';

/** What a username leads to. */
export type Named = Commands['resolve']['result'];
