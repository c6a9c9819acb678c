import { VerificationError } from '@heliogram/protocol';
import type { CallContext, DeviceCaller } from '../gateway/service.ts';

/** The dispatcher lets no one else in; without it, this refuses too. */
export function deviceCaller({ caller }: CallContext): DeviceCaller {
  if (caller.kind === 'device') return caller;
  throw new VerificationError('unauthenticated', 'sign in first');
}
