import { VerificationError } from '@heliogram/protocol';
import type { CallContext, DeviceCaller } from '../gateway/service.ts';

/** The signed-in caller of a method that the contract opens to devices only. */
export function deviceOf({ caller }: CallContext): DeviceCaller {
  if (caller.kind === 'device') return caller;
  throw new VerificationError('unauthenticated', 'sign in first');
}
