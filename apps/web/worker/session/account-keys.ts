import type { DeviceKeys } from '@heliogram/client';
import { VerificationError } from '@heliogram/protocol';

export function requireKeys(keys: DeviceKeys | undefined): DeviceKeys {
  if (keys) return keys;
  throw new VerificationError('unauthenticated', 'nobody is signed in');
}
