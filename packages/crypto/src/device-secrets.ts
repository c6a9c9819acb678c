import { ed25519PublicKey, ed25519Sign } from './ed25519-signing.ts';
import { xWingPublicKey } from './key-wrap.ts';
import { carefulRandom, type RandomSource } from './random-source.ts';
import {
  type DeviceDescription,
  deviceConsentInput,
  isDeviceName,
} from './verify/device-statement.ts';
import { ValidationError } from './verify/errors.ts';
import {
  type AccountId,
  accountIdFromBytes,
  type DeviceId,
  deviceIdOf,
  idBytes,
} from './verify/ids.ts';
import { ACCOUNT_ID_BYTES, MAX_DEVICE_NAME_BYTES } from './verify/limits.ts';
import { ByteReader, ByteWriter } from './verify/wire.ts';

const LABEL = 'Heliogram device secrets v1';
const SEED_BYTES = 32;

/** All that a device keeps of an account; the two seeds never leave it. */
export interface DeviceSecrets {
  readonly kind: 'device';
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
  readonly description: DeviceDescription;
  /** Ed25519 seed, 32 bytes: signs in, and is the device's MLS leaf key. */
  readonly signatureSeed: Uint8Array;
  /** X-Wing seed, 32 bytes: opens the vault. */
  readonly sealSeed: Uint8Array;
}

/** A device that asks to be listed: its public half and its agreement. */
export interface DeviceCandidate {
  readonly device: DeviceDescription;
  readonly consent: Uint8Array;
}

export interface DeviceCreation {
  readonly accountId: AccountId;
  /** 1 to 64 bytes of UTF-8; shown to contacts. */
  readonly deviceName: string;
  readonly random: RandomSource;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Makes the keys of a new device. Throws {@link ValidationError} `bad-device-name`. */
export function createDevice(creation: DeviceCreation): DeviceSecrets {
  const random = carefulRandom(creation.random);
  return assemble({
    accountId: creation.accountId,
    name: creation.deviceName,
    createdAt: creation.now,
    signatureSeed: random(SEED_BYTES),
    sealSeed: random(SEED_BYTES),
  });
}

/** What a device hands to whoever holds the identity key, to be listed. */
export function deviceCandidate(device: DeviceSecrets): DeviceCandidate {
  const input = deviceConsentInput(device.accountId, device.description);
  return { device: device.description, consent: ed25519Sign(device.signatureSeed, input) };
}

/** The stored form of a device's secrets (IDN-14): the caller protects it. */
export function encodeDeviceSecrets(device: DeviceSecrets): Uint8Array {
  return new ByteWriter()
    .label(LABEL)
    .fixed(idBytes(device.accountId), ACCOUNT_ID_BYTES)
    .fixed(device.signatureSeed, SEED_BYTES)
    .fixed(device.sealSeed, SEED_BYTES)
    .text(device.description.name)
    .u64(device.description.createdAt)
    .bytes();
}

/** Undoes {@link encodeDeviceSecrets}. Throws {@link ValidationError}. */
export function decodeDeviceSecrets(bytes: Uint8Array): DeviceSecrets {
  const reader = new ByteReader(bytes, 'a device');
  reader.label(LABEL);
  const stored = {
    accountId: accountIdFromBytes(reader.fixed(ACCOUNT_ID_BYTES)),
    signatureSeed: reader.fixed(SEED_BYTES),
    sealSeed: reader.fixed(SEED_BYTES),
    name: reader.text(1, MAX_DEVICE_NAME_BYTES),
    createdAt: reader.u64(),
  };
  reader.end();
  return assemble(stored);
}

function assemble(parts: {
  readonly accountId: AccountId;
  readonly name: string;
  readonly createdAt: number;
  readonly signatureSeed: Uint8Array;
  readonly sealSeed: Uint8Array;
}): DeviceSecrets {
  const { accountId, name, createdAt, signatureSeed, sealSeed } = parts;
  requireName(name);
  const signatureKey = ed25519PublicKey(signatureSeed);
  return {
    kind: 'device',
    accountId,
    deviceId: deviceIdOf(signatureKey),
    description: { signatureKey, sealKey: xWingPublicKey(sealSeed), name, createdAt },
    signatureSeed,
    sealSeed,
  };
}

function requireName(name: string): void {
  if (!isDeviceName(name)) {
    throw new ValidationError('bad-device-name', 'a device name must be one line of 1 to 64 bytes');
  }
}
