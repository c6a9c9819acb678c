import type { DeviceListHead } from './device-list.ts';
import { isStrictPublicKey } from './ed25519-encoding.ts';
import { ValidationError } from './errors.ts';
import { type AccountId, accountIdOf, idBytes, type OpenerId, openerIdFromBytes } from './ids.ts';
import {
  ED25519_PUBLIC_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  HASH_BYTES,
  LOCATOR_BYTES,
  MAX_ARCHIVE_KEYS,
  MAX_OPENER_DESCRIPTOR_BYTES,
  MAX_OPENERS,
  MAX_VAULT_BYTES,
  OPENER_ID_BYTES,
  X_WING_CIPHERTEXT_BYTES,
  X_WING_PUBLIC_KEY_BYTES,
} from './limits.ts';
import { ByteReader, ByteWriter, compareBytes } from './wire.ts';
import { isXWingPublicKey } from './x-wing-public-key.ts';

const VAULT_LABEL = 'Heliogram vault v1';
/** A wrapped vault key: 32 bytes and the AEAD's tag. */
const WRAPPED_KEY_BYTES = 48;
/** The sealed part: identity seed, at least one archive key, tag; at most what the limits allow. */
const MIN_SEALED_BYTES = 32 + 2 + 36 + 16;
const MAX_SEALED_BYTES = 32 + 2 + 36 * MAX_ARCHIVE_KEYS + 16;

const TAG_AT = LOCATOR_BYTES + ED25519_PUBLIC_KEY_BYTES;
const PHRASE_DESCRIPTOR_BYTES = TAG_AT + HASH_BYTES;

/** Order is the code on the wire, from 1. */
export const OPENER_KINDS = ['phrase', 'passkey', 'link', 'device'] as const;
export type OpenerKind = (typeof OPENER_KINDS)[number];

/** What anybody may see of one who can open the vault. */
export interface OpenerDescription {
  readonly openerId: OpenerId;
  readonly kind: OpenerKind;
  /** X-Wing, 1,216 bytes. */
  readonly publicKey: Uint8Array;
  /**
   * Public, by kind: 80 bytes (locator, lookup key, account tag) for `phrase`, none for `device`, up
   * to 512 bytes that their own specification names for `passkey` and `link`.
   */
  readonly descriptor: Uint8Array;
}

/** An opener with the vault key wrapped to it. */
export interface VaultOpenerEntry extends OpenerDescription {
  /** X-Wing, 1,120 bytes. */
  readonly ciphertext: Uint8Array;
  readonly wrappedKey: Uint8Array;
}

/** A vault that was decoded; nothing in it is verified. */
export interface DecodedVault {
  /** Ed25519, 32 bytes. */
  readonly identityPublicKey: Uint8Array;
  readonly accountId: AccountId;
  /** 1 for the first vault of an account, then one more each time it is written. */
  readonly revision: number;
  /** The device list that the vault was sealed for. */
  readonly deviceListHead: DeviceListHead;
  /** In ascending order of their ids. */
  readonly openers: readonly VaultOpenerEntry[];
  readonly sealed: Uint8Array;
  readonly signature: Uint8Array;
  /** All bytes before the sealed part: its associated data. */
  readonly header: Uint8Array;
  /** All bytes before the signature: what it covers. */
  readonly signed: Uint8Array;
}

/** How a phrase finds the vault: a public name, and the key that must sign to fetch it. */
export interface VaultLocator {
  /** 16 bytes. */
  readonly locator: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly lookupKey: Uint8Array;
}

/** Decodes a vault without opening it (IDN-10). Throws {@link ValidationError}. */
export function decodeVault(bytes: Uint8Array): DecodedVault {
  if (bytes.length > MAX_VAULT_BYTES) {
    throw new ValidationError('vault-too-large', 'a vault is too large');
  }
  const reader = new ByteReader(bytes, 'a vault');
  reader.label(VAULT_LABEL);
  const identityPublicKey = reader.fixed(ED25519_PUBLIC_KEY_BYTES);
  const revision = reader.u32();
  const deviceListHead = { seq: reader.u32(), hash: reader.fixed(HASH_BYTES) };
  if (revision === 0 || deviceListHead.seq === 0) {
    throw new ValidationError('bad-revision', 'revisions and device lists are numbered from 1');
  }
  const openers = readOpeners(reader);
  const header = bytes.slice(0, reader.position);
  const sealed = reader.variable(MIN_SEALED_BYTES, MAX_SEALED_BYTES);
  const signed = bytes.slice(0, reader.position);
  const signature = reader.fixed(ED25519_SIGNATURE_BYTES);
  reader.end();
  const accountId = accountIdOf(identityPublicKey);
  return {
    identityPublicKey,
    accountId,
    revision,
    deviceListHead,
    openers,
    sealed,
    signature,
    header,
    signed,
  };
}

/** What a vault says before its sealed part. */
export type VaultHeader = Pick<
  DecodedVault,
  'identityPublicKey' | 'revision' | 'deviceListHead' | 'openers'
>;

/** Encodes a header; openers must be in ascending order of their ids. */
export function encodeVaultHeader(header: VaultHeader): Uint8Array {
  const writer = new ByteWriter()
    .label(VAULT_LABEL)
    .fixed(header.identityPublicKey, ED25519_PUBLIC_KEY_BYTES)
    .u32(header.revision)
    .u32(header.deviceListHead.seq)
    .fixed(header.deviceListHead.hash, HASH_BYTES)
    .u8(header.openers.length);
  for (const opener of header.openers) {
    writer
      .fixed(idBytes(opener.openerId), OPENER_ID_BYTES)
      .u8(openerKindCode(opener.kind))
      .fixed(opener.publicKey, X_WING_PUBLIC_KEY_BYTES)
      .variable(opener.descriptor)
      .fixed(opener.ciphertext, X_WING_CIPHERTEXT_BYTES)
      .fixed(opener.wrappedKey, WRAPPED_KEY_BYTES);
  }
  return writer.bytes();
}

export function openerKindCode(kind: OpenerKind): number {
  return OPENER_KINDS.indexOf(kind) + 1;
}

/** The locators by which phrases find this vault. */
export function vaultLocators(vault: DecodedVault): readonly VaultLocator[] {
  return vault.openers
    .filter((opener) => opener.kind === 'phrase')
    .map(({ descriptor }) => ({
      locator: descriptor.slice(0, LOCATOR_BYTES),
      lookupKey: descriptor.slice(LOCATOR_BYTES, TAG_AT),
    }));
}

function readOpeners(reader: ByteReader): readonly VaultOpenerEntry[] {
  const count = reader.u8();
  if (count === 0 || count > MAX_OPENERS) {
    throw new ValidationError('bad-opener-count', `a vault has ${count} openers`);
  }
  const openers: VaultOpenerEntry[] = [];
  let last: Uint8Array | undefined;
  for (let i = 0; i < count; i++) {
    const id = reader.fixed(OPENER_ID_BYTES);
    if (last !== undefined && compareBytes(last, id) >= 0) {
      throw new ValidationError('openers-unordered', 'openers are not in ascending order');
    }
    last = id;
    openers.push(readOpener(reader, openerIdFromBytes(id)));
  }
  return openers;
}

function readOpener(reader: ByteReader, openerId: OpenerId): VaultOpenerEntry {
  const kind = OPENER_KINDS[reader.u8() - 1];
  if (kind === undefined) throw new ValidationError('unknown-opener-kind', 'an unknown opener');
  const publicKey = reader.fixed(X_WING_PUBLIC_KEY_BYTES);
  if (!isXWingPublicKey(publicKey)) throw new ValidationError('bad-opener-key', 'no X-Wing key');
  const descriptor = reader.variable(0, MAX_OPENER_DESCRIPTOR_BYTES);
  requireDescriptor(kind, descriptor);
  return {
    openerId,
    kind,
    publicKey,
    descriptor,
    ciphertext: reader.fixed(X_WING_CIPHERTEXT_BYTES),
    wrappedKey: reader.fixed(WRAPPED_KEY_BYTES),
  };
}

function requireDescriptor(kind: OpenerKind, descriptor: Uint8Array): void {
  const ok =
    (kind === 'phrase' &&
      descriptor.length === PHRASE_DESCRIPTOR_BYTES &&
      isStrictPublicKey(descriptor.subarray(LOCATOR_BYTES, TAG_AT))) ||
    (kind === 'device' && descriptor.length === 0) ||
    kind === 'passkey' ||
    kind === 'link';
  if (!ok) throw new ValidationError('bad-descriptor', 'an opener has no descriptor of its kind');
}
