import { InternalError } from '@heliogram/protocol';

/** The store's file no longer holds what a store is: only starting over helps. Device keys are elsewhere. */
export class StoreDamagedError extends InternalError {}
