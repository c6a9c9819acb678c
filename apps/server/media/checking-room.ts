import type { Checks } from './checks.ts';
import type { Room } from './room.ts';
import type { Sweeper } from './sweeper.ts';

/** The room with its two workers: what arrives is checked, what nobody uses is swept. */
export type CheckingRoom = Room & { readonly checks: Checks; readonly sweeper: Sweeper };
