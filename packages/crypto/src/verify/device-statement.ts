import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { isStrictPublicKey } from './ed25519-encoding.ts';
import { ValidationError } from './errors.ts';
import {
  type AccountId,
  accountIdOf,
  type DeviceId,
  deviceIdFromBytes,
  deviceIdOf,
  idBytes,
} from './ids.ts';
import {
  ACCOUNT_ID_BYTES,
  DEVICE_ID_BYTES,
  ED25519_PUBLIC_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  HASH_BYTES,
  MAX_DEVICE_NAME_BYTES,
  MAX_DEVICE_STATEMENT_BYTES,
  X_WING_PUBLIC_KEY_BYTES,
} from './limits.ts';
import { ByteReader, ByteWriter } from './wire.ts';
import { isXWingPublicKey } from './x-wing-public-key.ts';

const DEVICE_LIST_LABEL = 'Heliogram device list v1';
const ADD = 1;
const REVOKE = 2;

/** What an account says in public of one of its devices. */
export interface DeviceDescription {
  /** Ed25519, 32 bytes. */
  readonly signatureKey: Uint8Array;
  /** X-Wing, 1,216 bytes: what is sealed for the device is sealed to this. */
  readonly sealKey: Uint8Array;
  /** 1 to 64 bytes of UTF-8. */
  readonly name: string;
  /** Milliseconds since 1970, by the device's own clock. */
  readonly createdAt: number;
}

export type DeviceAction =
  | {
      readonly kind: 'add';
      readonly device: DeviceDescription;
      /** The device's own signature: no account lists a device that does not agree. */
      readonly consent: Uint8Array;
    }
  | { readonly kind: 'revoke'; readonly deviceId: DeviceId };

/** The part of a statement that the identity key signs. */
export interface DeviceStatementContent {
  /** Ed25519, 32 bytes. */
  readonly identityPublicKey: Uint8Array;
  /** 1 for the first statement of an account. */
  readonly seq: number;
  /** Hash of the statement before, 32 zero bytes in the first. */
  readonly previous: Uint8Array;
  /** Milliseconds since 1970; informative. */
  readonly issuedAt: number;
  readonly action: DeviceAction;
}

/** A statement that was decoded; nothing in it is verified. */
export interface DecodedDeviceStatement {
  readonly content: DeviceStatementContent;
  readonly accountId: AccountId;
  /** The device that it adds or revokes. */
  readonly deviceId: DeviceId;
  readonly signature: Uint8Array;
  /** The bytes that the signature covers. */
  readonly signed: Uint8Array;
  /** What the next statement names as `previous`; covers the signature too. */
  readonly hash: Uint8Array;
}

/** True for 1 to 64 bytes of UTF-8 without control characters: names are printed on terminals. */
export function isDeviceName(name: string): boolean {
  if (name === '' || !name.isWellFormed() || /\p{Cc}/u.test(name)) return false;
  return utf8ToBytes(name).length <= MAX_DEVICE_NAME_BYTES;
}

/** The bytes that the identity key signs (IDN-4). */
export function encodeDeviceStatementContent(content: DeviceStatementContent): Uint8Array {
  const writer = new ByteWriter()
    .label(DEVICE_LIST_LABEL)
    .fixed(content.identityPublicKey, ED25519_PUBLIC_KEY_BYTES)
    .u32(content.seq)
    .fixed(content.previous, HASH_BYTES)
    .u64(content.issuedAt);
  const { action } = content;
  if (action.kind === 'revoke') {
    return writer.u8(REVOKE).fixed(idBytes(action.deviceId), DEVICE_ID_BYTES).bytes();
  }
  writeDevice(writer.u8(ADD), action.device);
  return writer.fixed(action.consent, ED25519_SIGNATURE_BYTES).bytes();
}

/** The bytes that a device signs to agree to be listed by an account (IDN-3). */
export function deviceConsentInput(accountId: AccountId, device: DeviceDescription): Uint8Array {
  const writer = new ByteWriter().label('Heliogram device consent v1');
  writer.fixed(idBytes(accountId), ACCOUNT_ID_BYTES);
  writeDevice(writer, device);
  return writer.bytes();
}

/**
 * Decodes one statement: at most 1,600 bytes, one encoding for each statement. Throws
 * {@link ValidationError} for whatever is not one.
 */
export function decodeDeviceStatement(bytes: Uint8Array): DecodedDeviceStatement {
  if (bytes.length > MAX_DEVICE_STATEMENT_BYTES) {
    throw new ValidationError('statement-too-large', 'a device statement is too large');
  }
  const reader = new ByteReader(bytes, 'a device statement');
  reader.label(DEVICE_LIST_LABEL);
  const content = readContent(reader);
  const signed = bytes.slice(0, reader.position);
  const signature = reader.fixed(ED25519_SIGNATURE_BYTES);
  reader.end();
  const { action } = content;
  return {
    content,
    accountId: accountIdOf(content.identityPublicKey),
    deviceId: action.kind === 'add' ? deviceIdOf(action.device.signatureKey) : action.deviceId,
    signature,
    signed,
    hash: deviceStatementHash(bytes),
  };
}

/** SHA-256 over a label and the whole statement, its signature included (IDN-5). */
export function deviceStatementHash(statement: Uint8Array): Uint8Array {
  return sha256(
    new ByteWriter().label('Heliogram device list hash v1').variable(statement).bytes(),
  );
}

function readContent(reader: ByteReader): DeviceStatementContent {
  const identityPublicKey = reader.fixed(ED25519_PUBLIC_KEY_BYTES);
  const seq = reader.u32();
  if (seq === 0) throw new ValidationError('bad-seq', 'device statements are numbered from 1');
  return {
    identityPublicKey,
    seq,
    previous: reader.fixed(HASH_BYTES),
    issuedAt: reader.u64(),
    action: readAction(reader),
  };
}

function readAction(reader: ByteReader): DeviceAction {
  const kind = reader.u8();
  if (kind === ADD) {
    const device = readDevice(reader);
    return { kind: 'add', device, consent: reader.fixed(ED25519_SIGNATURE_BYTES) };
  }
  if (kind === REVOKE) {
    return { kind: 'revoke', deviceId: deviceIdFromBytes(reader.fixed(DEVICE_ID_BYTES)) };
  }
  throw new ValidationError('unknown-action', `a device statement has action ${kind}`);
}

function readDevice(reader: ByteReader): DeviceDescription {
  const device = {
    signatureKey: reader.fixed(ED25519_PUBLIC_KEY_BYTES),
    sealKey: reader.fixed(X_WING_PUBLIC_KEY_BYTES),
    name: readName(reader),
    createdAt: reader.u64(),
  };
  if (!isStrictPublicKey(device.signatureKey) || !isXWingPublicKey(device.sealKey)) {
    throw new ValidationError('bad-device-key', 'a device has a key that is none');
  }
  return device;
}

function readName(reader: ByteReader): string {
  const name = reader.text(1, MAX_DEVICE_NAME_BYTES);
  if (!isDeviceName(name)) throw new ValidationError('bad-device-name', 'a device name is none');
  return name;
}

function writeDevice(writer: ByteWriter, device: DeviceDescription): void {
  writer
    .fixed(device.signatureKey, ED25519_PUBLIC_KEY_BYTES)
    .fixed(device.sealKey, X_WING_PUBLIC_KEY_BYTES)
    .text(device.name)
    .u64(device.createdAt);
}
