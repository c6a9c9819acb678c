import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ValidationError } from './errors.ts';
import {
  ACCOUNT_ID_BYTES,
  DEVICE_ID_BYTES,
  ED25519_PUBLIC_KEY_BYTES,
  OPENER_ID_BYTES,
} from './limits.ts';
import { ByteWriter } from './wire.ts';

declare const brand: unique symbol;

/** SHA-256 of an account's Ed25519 identity key: 64 lower-case hex digits. */
export type AccountId = string & { readonly [brand]: 'AccountId' };
/** Names a device's signature key: 32 lower-case hex digits. */
export type DeviceId = string & { readonly [brand]: 'DeviceId' };
/** Names an opener of a vault: 32 lower-case hex digits; a device's opener has the device's id. */
export type OpenerId = string & { readonly [brand]: 'OpenerId' };

/** SHA-256 of the 32-byte Ed25519 identity key (IDN-1). Throws `bad-length`. */
export function accountIdOf(identityPublicKey: Uint8Array): AccountId {
  requireLength(identityPublicKey, ED25519_PUBLIC_KEY_BYTES, 'identity key');
  return accountIdFromBytes(sha256(identityPublicKey));
}

/** First 16 bytes of SHA-256 over a label and the 32-byte device signature key (IDN-2). */
export function deviceIdOf(signatureKey: Uint8Array): DeviceId {
  requireLength(signatureKey, ED25519_PUBLIC_KEY_BYTES, 'device key');
  const named = new ByteWriter().label('Heliogram device id v1').fixed(signatureKey, 32);
  return deviceIdFromBytes(sha256(named.bytes()).subarray(0, DEVICE_ID_BYTES));
}

export function isAccountId(text: string): text is AccountId {
  return /^[0-9a-f]{64}$/.test(text);
}

export function isDeviceId(text: string): text is DeviceId {
  return /^[0-9a-f]{32}$/.test(text);
}

function isOpenerId(text: string): text is OpenerId {
  return /^[0-9a-f]{32}$/.test(text);
}

/** Throws `bad-account-id` unless `text` is 64 lower-case hex digits. */
export function parseAccountId(text: string): AccountId {
  if (!isAccountId(text)) throw new ValidationError('bad-account-id', 'not an account id');
  return text;
}

/** Throws `bad-device-id` unless `text` is 32 lower-case hex digits. */
export function parseDeviceId(text: string): DeviceId {
  if (!isDeviceId(text)) throw new ValidationError('bad-device-id', 'not a device id');
  return text;
}

export function accountIdFromBytes(bytes: Uint8Array): AccountId {
  requireLength(bytes, ACCOUNT_ID_BYTES, 'account id');
  return parseAccountId(bytesToHex(bytes));
}

export function deviceIdFromBytes(bytes: Uint8Array): DeviceId {
  requireLength(bytes, DEVICE_ID_BYTES, 'device id');
  return parseDeviceId(bytesToHex(bytes));
}

export function openerIdFromBytes(bytes: Uint8Array): OpenerId {
  requireLength(bytes, OPENER_ID_BYTES, 'opener id');
  const text = bytesToHex(bytes);
  if (!isOpenerId(text)) throw new ValidationError('bad-opener-id', 'not an opener id');
  return text;
}

/** The bytes behind a hex id. */
export function idBytes(id: AccountId | DeviceId | OpenerId): Uint8Array {
  return hexToBytes(id);
}

function requireLength(bytes: Uint8Array, length: number, what: string): void {
  if (bytes.length !== length) {
    throw new ValidationError('bad-length', `${what} is ${bytes.length} bytes, not ${length}`);
  }
}
