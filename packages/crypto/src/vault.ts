import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import type { DeviceSecrets } from './device-secrets.ts';
import { ed25519PublicKey, ed25519Sign } from './ed25519-signing.ts';
import { open, seal, unwrapKey, wrapKey } from './key-wrap.ts';
import type { RandomSource } from './random-source.ts';
import { type RecoverySecrets, requirePhraseOpener } from './recovery-phrase.ts';
import { deriveSecret, wipe } from './secret-bytes.ts';
import type { DeviceListHead } from './verify/device-list.ts';
import { UsageError, ValidationError, VerificationError } from './verify/errors.ts';
import { type AccountId, accountIdOf, idBytes } from './verify/ids.ts';
import { MAX_ARCHIVE_KEYS } from './verify/limits.ts';
import { nobleVerifier } from './verify/noble-verifier.ts';
import { verifySignatureNow } from './verify/signature-verifier.ts';
import {
  type DecodedVault,
  decodeVault,
  encodeVaultHeader,
  type OpenerDescription,
  openerKindCode,
  type VaultOpenerEntry,
} from './verify/vault-shape.ts';
import { ByteReader, ByteWriter, compareBytes, sameBytes } from './verify/wire.ts';

/** A key that seals history keys; the highest version seals, the others only open. */
export interface ArchiveKey {
  /** From 1, one more at each rotation. */
  readonly version: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** Whoever can open the vault: a listed device, or the recovery phrase. */
export type VaultOpener = DeviceSecrets | RecoverySecrets;

/** An open vault; wipe it with {@link wipeVault} as soon as its work is done. */
export interface OpenedVault {
  readonly vault: DecodedVault;
  readonly identitySeed: Uint8Array;
  readonly archiveKeys: readonly ArchiveKey[];
}

export interface VaultContents {
  readonly identitySeed: Uint8Array;
  readonly archiveKeys: readonly ArchiveKey[];
  readonly revision: number;
  readonly deviceListHead: DeviceListHead;
  readonly openers: readonly OpenerDescription[];
}

/**
 * Seals a vault under a new vault key for exactly these openers. Throws {@link ValidationError}
 * rather than hand out what no reader would take: no opener, too many, two of one id.
 */
export function sealVault(contents: VaultContents, random: RandomSource): Uint8Array {
  const { identitySeed, revision, deviceListHead } = contents;
  const identityPublicKey = ed25519PublicKey(identitySeed);
  const accountId = accountIdOf(identityPublicKey);
  const vaultKey = random(32);
  const openers = contents.openers
    .toSorted((a, b) => compareBytes(idBytes(a.openerId), idBytes(b.openerId)))
    .map((opener) => wrapTo(opener, { vaultKey, accountId, revision, random }));
  const header = encodeVaultHeader({ identityPublicKey, revision, deviceListHead, openers });
  const body = encodeBody(contents);
  const bodyKey = deriveSecret(vaultKey, BODY_LABEL);
  const sealed = seal(bodyKey, body, header);
  wipe(vaultKey, bodyKey, body);
  const signed = concatBytes(header, new ByteWriter().variable(sealed).bytes());
  const vault = concatBytes(signed, ed25519Sign(identitySeed, signed));
  decodeVault(vault);
  return vault;
}

export interface VaultOpening {
  readonly vault: Uint8Array;
  readonly opener: VaultOpener;
  /** The newest revision that was seen before; an older vault is refused. */
  readonly knownRevision?: number | undefined;
}

/**
 * Opens a vault and checks that all of it, public parts included, was sealed by the holder of the
 * account's identity key. Throws {@link ValidationError} for malformed bytes and
 * {@link VerificationError} `vault-rollback`, `opener-unknown`, `wrong-account`, `bad-signature` or
 * `vault-not-opened`.
 */
export function openVault({ vault: bytes, opener, knownRevision = 0 }: VaultOpening): OpenedVault {
  const vault = decodeVault(bytes);
  if (vault.revision < knownRevision)
    throw refuse('vault-rollback', 'the vault is older than known');
  const entry = requireOpener(opener, vault);
  requireSignature(vault);
  const vaultKey = unwrapKey(openerSeed(opener), entry, (ciphertext) =>
    wrapContext(entry, { accountId: vault.accountId, revision: vault.revision, ciphertext }),
  );
  const bodyKey = deriveSecret(vaultKey, BODY_LABEL);
  try {
    const body = open(bodyKey, vault.sealed, vault.header);
    return { vault, ...decodeBody(body, vault.identityPublicKey) };
  } finally {
    wipe(vaultKey, bodyKey);
  }
}

/** Overwrites the identity seed; the archive keys stay with whoever asked for them. */
export function wipeVault(opened: OpenedVault): void {
  wipe(opened.identitySeed);
}

const BODY_LABEL = 'Heliogram vault body v1';

function wrapTo(
  opener: OpenerDescription,
  wrap: {
    readonly vaultKey: Uint8Array;
    readonly accountId: AccountId;
    readonly revision: number;
    readonly random: RandomSource;
  },
): VaultOpenerEntry {
  const { accountId, revision, random } = wrap;
  const wrapped = wrapKey({
    key: wrap.vaultKey,
    publicKey: opener.publicKey,
    context: (ciphertext) => wrapContext(opener, { accountId, revision, ciphertext }),
    random,
  });
  return { ...opener, ...wrapped };
}

/** Binds a wrapped key to its place: no swap between openers, accounts or revisions. */
function wrapContext(
  opener: OpenerDescription,
  place: {
    readonly accountId: AccountId;
    readonly revision: number;
    readonly ciphertext: Uint8Array;
  },
): Uint8Array {
  return new ByteWriter()
    .label('Heliogram vault opener v1')
    .fixed(idBytes(place.accountId), 32)
    .u32(place.revision)
    .fixed(idBytes(opener.openerId), 16)
    .u8(openerKindCode(opener.kind))
    .fixed(sha256(opener.publicKey), 32)
    .variable(opener.descriptor)
    .fixed(sha256(place.ciphertext), 32)
    .bytes();
}

function requireOpener(opener: VaultOpener, vault: DecodedVault): VaultOpenerEntry {
  if (opener.kind === 'phrase') return requirePhraseOpener(opener, vault);
  if (opener.accountId !== vault.accountId) {
    throw refuse('wrong-account', 'the vault is of another account');
  }
  const entry = vault.openers.find(
    ({ openerId, kind }) => kind === 'device' && String(openerId) === String(opener.deviceId),
  );
  if (entry === undefined) throw refuse('opener-unknown', 'the vault does not know this device');
  return entry;
}

function openerSeed(opener: VaultOpener): Uint8Array {
  return opener.kind === 'phrase' ? opener.openerSeed : opener.sealSeed;
}

function requireSignature({ identityPublicKey: publicKey, signed, signature }: DecodedVault): void {
  verifySignatureNow(nobleVerifier, { publicKey, message: signed, signature });
}

function encodeBody({ identitySeed, archiveKeys }: VaultContents): Uint8Array {
  const numbered = archiveKeys.every(({ version }, i) => version === i + 1);
  if (!numbered || archiveKeys.length === 0 || archiveKeys.length > MAX_ARCHIVE_KEYS) {
    throw new UsageError('bad-archive-keys', `archive keys are 1 to ${MAX_ARCHIVE_KEYS}, in order`);
  }
  const writer = new ByteWriter().fixed(identitySeed, 32).u16(archiveKeys.length);
  for (const { version, key } of archiveKeys) writer.u32(version).fixed(key, 32);
  return writer.bytes();
}

function decodeBody(body: Uint8Array, identityPublicKey: Uint8Array): Omit<OpenedVault, 'vault'> {
  const reader = new ByteReader(body, 'the inside of a vault');
  try {
    const identitySeed = reader.fixed(32);
    if (!sameBytes(ed25519PublicKey(identitySeed), identityPublicKey)) {
      throw refuse('wrong-account', 'the vault holds another identity key');
    }
    const archiveKeys = readArchiveKeys(reader);
    reader.end();
    return { identitySeed, archiveKeys };
  } finally {
    wipe(body);
  }
}

function readArchiveKeys(reader: ByteReader): readonly ArchiveKey[] {
  const count = reader.u16();
  if (count === 0 || count > MAX_ARCHIVE_KEYS) throw badArchiveKeys();
  return Array.from({ length: count }, (_, i) => {
    if (reader.u32() !== i + 1) throw badArchiveKeys();
    return { version: i + 1, key: reader.fixed(32) };
  });
}

function badArchiveKeys(): ValidationError {
  return new ValidationError('bad-archive-keys', 'archive keys are not numbered from 1');
}

function refuse(code: string, message: string): VerificationError {
  return new VerificationError(code, message);
}
