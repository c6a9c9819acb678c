import {
  type DecodedDeviceStatement,
  type DeviceDescription,
  decodeDeviceStatement,
  deviceConsentInput,
} from './device-statement.ts';
import { VerificationError } from './errors.ts';
import type { AccountId, DeviceId } from './ids.ts';
import {
  HASH_BYTES,
  MAX_ACTIVE_DEVICES,
  MAX_ADDITION_SEQ,
  MAX_DEVICE_STATEMENTS,
} from './limits.ts';
import { type SignatureVerifier, verifySignature } from './signature-verifier.ts';
import { sameBytes } from './wire.ts';

/** Statements checked at once: a bad one stops the work soon. */
const PARALLEL_CHECKS = 16;

declare const verified: unique symbol;

/** Names a device list up to one statement; what a client remembers of the newest list it saw. */
export interface DeviceListHead {
  /** 0 before the first statement. */
  readonly seq: number;
  /** 32 bytes; zero before the first statement. */
  readonly hash: Uint8Array;
}

export interface ListedDevice extends DeviceDescription {
  readonly deviceId: DeviceId;
  readonly status: 'active' | 'revoked';
  readonly addedSeq: number;
  /** Present once revoked. */
  readonly revokedSeq?: number;
}

/** A device list whose every statement was checked; only {@link verifyChain} and {@link extendChain} make one. */
export interface VerifiedDeviceList {
  readonly [verified]: true;
  readonly accountId: AccountId;
  /** Ed25519, 32 bytes. */
  readonly identityPublicKey: Uint8Array;
  readonly head: DeviceListHead;
  /** Every device that was ever listed, in the order of their addition. */
  readonly devices: ReadonlyMap<DeviceId, ListedDevice>;
}

export interface ChainCheck {
  /** The account whose list this must be. */
  readonly accountId: AccountId;
  /** Encoded statements from the first on. */
  readonly statements: readonly Uint8Array[];
  /** The newest head that was seen before: an older or another list is refused. */
  readonly knownHead?: DeviceListHead | undefined;
  readonly verifier: SignatureVerifier;
}

/**
 * Verifies an account's whole device list (IDN-6): numbering, hash chain, signatures, consents, one
 * life per device. Throws {@link ValidationError} for malformed bytes and {@link VerificationError}
 * `list-empty`, `list-too-long`, `wrong-account`, `list-gap`, `list-fork`, `list-rollback`,
 * `device-duplicate`, `device-unknown`, `device-already-revoked`, `too-many-devices` or
 * `bad-signature`.
 */
export async function verifyChain(check: ChainCheck): Promise<VerifiedDeviceList> {
  if (check.statements.length === 0) throw refuse('list-empty', 'a device list has no statement');
  if (check.statements.length > MAX_DEVICE_STATEMENTS) {
    throw refuse('list-too-long', 'a device list has too many statements');
  }
  const statements = check.statements.map(decodeDeviceStatement);
  const list = statements.reduce(append, emptyChain(check.accountId));
  if (check.knownHead !== undefined) requireContinuation(check.knownHead, statements);
  for (let at = 0; at < statements.length; at += PARALLEL_CHECKS) {
    const batch = statements.slice(at, at + PARALLEL_CHECKS);
    await Promise.all(batch.map((statement) => verifySignatures(check.verifier, statement)));
  }
  return list;
}

/** Verifies the next statement of a list; throws as {@link verifyChain} does. */
export async function extendChain(
  list: VerifiedDeviceList,
  statement: Uint8Array,
  verifier: SignatureVerifier,
): Promise<VerifiedDeviceList> {
  const decoded = decodeDeviceStatement(statement);
  const extended = append(list, decoded);
  await verifySignatures(verifier, decoded);
  return extended;
}

/** The devices that are listed and not revoked, in the order of their addition. */
export function activeDevices(list: VerifiedDeviceList): readonly ListedDevice[] {
  return [...list.devices.values()].filter((device) => device.status === 'active');
}

/** The active device of this id. Throws `device-unknown` or `device-revoked`. */
export function requireActiveDevice(list: VerifiedDeviceList, deviceId: DeviceId): ListedDevice {
  const device = list.devices.get(deviceId);
  if (device === undefined) throw refuse('device-unknown', 'the account lists no such device');
  if (device.status === 'revoked') throw refuse('device-revoked', 'the device is revoked');
  return device;
}

type Chain = Omit<VerifiedDeviceList, typeof verified>;

function emptyChain(accountId: AccountId): VerifiedDeviceList {
  return brandChain({
    accountId,
    identityPublicKey: new Uint8Array(),
    head: { seq: 0, hash: new Uint8Array(HASH_BYTES) },
    devices: new Map(),
  });
}

function brandChain(chain: Chain): VerifiedDeviceList {
  return chain as VerifiedDeviceList;
}

function append(list: VerifiedDeviceList, statement: DecodedDeviceStatement): VerifiedDeviceList {
  const { seq, previous, identityPublicKey } = statement.content;
  if (statement.accountId !== list.accountId) {
    throw refuse('wrong-account', 'a device statement is of another account');
  }
  if (seq !== list.head.seq + 1) throw refuse('list-gap', 'device statements are not in sequence');
  if (!sameBytes(previous, list.head.hash)) {
    throw refuse('list-fork', 'a device statement follows another list');
  }
  const devices = new Map(list.devices).set(statement.deviceId, nextLife(list, statement));
  const head = { seq, hash: statement.hash };
  return brandChain({ accountId: list.accountId, identityPublicKey, head, devices });
}

function nextLife(list: VerifiedDeviceList, statement: DecodedDeviceStatement): ListedDevice {
  const { action, seq } = statement.content;
  const known = list.devices.get(statement.deviceId);
  if (action.kind === 'revoke') {
    if (known === undefined) throw refuse('device-unknown', 'an unlisted device is revoked');
    if (known.status === 'revoked') {
      throw refuse('device-already-revoked', 'a device is revoked twice');
    }
    return { ...known, status: 'revoked', revokedSeq: seq };
  }
  requireRoom(list, seq);
  const { device } = action;
  const reused = [...list.devices.values()].some((other) =>
    sameBytes(other.sealKey, device.sealKey),
  );
  if (known !== undefined || reused) throw refuse('device-duplicate', 'a device is listed twice');
  return { ...device, deviceId: statement.deviceId, status: 'active', addedSeq: seq };
}

function requireRoom(list: VerifiedDeviceList, seq: number): void {
  if (seq > MAX_ADDITION_SEQ)
    throw refuse('list-too-long', 'the device list takes no more devices');
  if (activeDevices(list).length >= MAX_ACTIVE_DEVICES) {
    throw refuse('too-many-devices', `an account has at most ${MAX_ACTIVE_DEVICES} devices`);
  }
}

function requireContinuation(
  known: DeviceListHead,
  statements: readonly DecodedDeviceStatement[],
): void {
  if (known.seq === 0) return;
  const statement = statements[known.seq - 1];
  if (statement === undefined) throw refuse('list-rollback', 'the device list is older than known');
  if (!sameBytes(statement.hash, known.hash)) {
    throw refuse('list-fork', 'the device list is another than the known one');
  }
}

async function verifySignatures(
  verifier: SignatureVerifier,
  { content, signed, signature, accountId }: DecodedDeviceStatement,
): Promise<void> {
  const publicKey = content.identityPublicKey;
  await verifySignature(verifier, { publicKey, message: signed, signature });
  if (content.action.kind !== 'add') return;
  const { device, consent } = content.action;
  await verifySignature(verifier, {
    publicKey: device.signatureKey,
    message: deviceConsentInput(accountId, device),
    signature: consent,
  });
}

function refuse(code: string, message: string): VerificationError {
  return new VerificationError(code, message);
}
