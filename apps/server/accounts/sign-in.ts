import { parseAccountId, parseDeviceId } from '@heliogram/crypto/verify';
import type { AccountId, DeviceId, SignInRequest } from '@heliogram/protocol';
import type { CallContext, DeviceCaller } from '../gateway/service.ts';
import type { Sessions } from '../gateway/sessions.ts';
import type { Storage } from '../storage/port.ts';
import type { DeviceActivity } from './device-activity.ts';
import { type DeviceRecord, findDevice } from './device-records.ts';
import { DECOY_KEY, type Proofs } from './proofs.ts';
import { signatureInvalid } from './refusals.ts';
import { deviceRevoked, type Standings, suspended } from './standings.ts';

export type SignInParts = {
  readonly storage: Storage;
  readonly sessions: Sessions;
  readonly proofs: Proofs;
  readonly standings: Standings;
  readonly activity: DeviceActivity;
};

export type SignedIn = { readonly token: string; readonly expiresAt?: number };

/**
 * Signs a connection in, or issues a token over HTTP (ACC-2). An unknown account, an unknown device
 * and a wrong signature fail alike; a revoked device and a suspended account are told so only once
 * they have proved themselves.
 */
export async function signIn(
  parts: SignInParts,
  request: SignInRequest,
  context: CallContext,
): Promise<SignedIn> {
  const terms = parts.proofs.redeem(request);
  const find = () => findDevice(parts.storage.db, request.deviceId);
  const seen = parts.standings.version;
  const claimed = await find();
  const known = claimed?.accountId === request.accountId ? claimed : undefined;
  await parts.proofs.verify({
    terms,
    purpose: {
      purpose: 'sign-in',
      accountId: parseAccountId(request.accountId),
      deviceId: parseDeviceId(request.deviceId),
    },
    publicKey: known?.publicKey ?? DECOY_KEY,
    signature: request.signature,
  });
  if (!known) throw signatureInvalid();
  const current = parts.standings.version === seen ? known : await parts.standings.settled(find);
  // Nothing is awaited from here on: an ending that comes later finds this session.
  const admitted = admit(parts.sessions, requireActive(current), context);
  parts.activity.note(known.deviceId);
  return admitted;
}

function requireActive(device: DeviceRecord | undefined): DeviceRecord {
  if (!device) throw signatureInvalid();
  if (device.revoked) throw deviceRevoked();
  if (device.suspendedReason !== null) throw suspended(device.suspendedReason);
  return device;
}

function admit(
  sessions: Sessions,
  device: {
    readonly account: number;
    readonly accountId: AccountId;
    readonly deviceId: DeviceId;
  },
  context: CallContext,
): SignedIn {
  const { account, accountId, deviceId } = device;
  if (!context.connection) return sessions.issueToken({ account, accountId, deviceId });
  const { address } = context.caller;
  const caller: DeviceCaller = { kind: 'device', address, account, accountId, deviceId };
  context.connection.signIn(caller);
  return { token: '' };
}
