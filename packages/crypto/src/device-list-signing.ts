import { concatBytes } from '@noble/hashes/utils.js';
import { ed25519PublicKey, ed25519Sign } from './ed25519-signing.ts';
import type { DeviceListHead } from './verify/device-list.ts';
import { type DeviceAction, encodeDeviceStatementContent } from './verify/device-statement.ts';

/** Signs the statement that follows `head`, encoded. */
export function signDeviceStatement(signing: {
  readonly identitySeed: Uint8Array;
  readonly head: DeviceListHead;
  readonly action: DeviceAction;
  /** Milliseconds since 1970. */
  readonly now: number;
}): Uint8Array {
  const { identitySeed, head, action, now } = signing;
  const signed = encodeDeviceStatementContent({
    identityPublicKey: ed25519PublicKey(identitySeed),
    seq: head.seq + 1,
    previous: head.hash,
    issuedAt: now,
    action,
  });
  return concatBytes(signed, ed25519Sign(identitySeed, signed));
}
