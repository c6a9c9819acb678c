import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import type { RandomSource } from './random-source.ts';
import { deriveSecret, wipe } from './secret-bytes.ts';
import type { ArchiveKey } from './vault.ts';
import { UsageError, ValidationError, VerificationError } from './verify/errors.ts';
import { type AccountId, idBytes } from './verify/ids.ts';
import { ByteReader, ByteWriter } from './verify/wire.ts';

/** What an entry of own state is bound to: no other account or place opens it. */
export interface OwnStatePlace {
  readonly accountId: AccountId;
  /** The seq up to which the entry covers what came before; 0: nothing. */
  readonly covers: number;
}

/** Bytes of an entry as it stands in the log. */
const MAX_ENTRY_BYTES = 65_536;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + 4 + NONCE_BYTES;
const LENGTH_BYTES = 4;
const SMALLEST_BYTES = 256;
const LARGEST_BYTES = MAX_ENTRY_BYTES - HEADER_BYTES - TAG_BYTES;

/** Bytes that one entry of own state can hold. */
export const MAX_OWN_STATE_BYTES = LARGEST_BYTES - LENGTH_BYTES;

/**
 * Seals what an account's devices share under the newest archive key (OWN-7), padded so that its size
 * tells little. Throws {@link UsageError} `too-large` and `bad-archive-keys`.
 */
export function sealOwnState(
  plaintext: Uint8Array,
  place: OwnStatePlace,
  { archiveKeys, random }: SealingKeys & { readonly random: RandomSource },
): Uint8Array {
  const newest = archiveKeys.at(-1);
  if (!newest) throw new UsageError('bad-archive-keys', 'there is no archive key to seal with');
  const nonce = random(NONCE_BYTES);
  const header = headerOf(newest.version, nonce);
  const padded = pad(plaintext);
  const key = deriveSecret(newest.key, LABEL);
  const sealed = xchacha20poly1305(key, nonce, contextOf(header, place)).encrypt(padded);
  wipe(key, padded);
  return new ByteWriter()
    .fixed(header, HEADER_BYTES)
    .fixed(sealed, padded.length + TAG_BYTES)
    .bytes();
}

/**
 * Undoes {@link sealOwnState}. Throws {@link ValidationError} for what is no such entry and `newer-format`
 * for one of a later version of this program; {@link VerificationError} `archive-key-unknown` where it
 * was sealed under a key that is not among these, `own-state-not-opened` where the seal does not hold.
 */
export function openOwnState(
  entry: Uint8Array,
  place: OwnStatePlace,
  { archiveKeys }: SealingKeys,
): Uint8Array {
  const { header, nonce, sealed, version } = takeApart(entry);
  const archiveKey = archiveKeys.find((each) => each.version === version);
  if (!archiveKey) {
    throw new VerificationError('archive-key-unknown', 'sealed under a key that is not known here');
  }
  const key = deriveSecret(archiveKey.key, LABEL);
  try {
    return unpad(xchacha20poly1305(key, nonce, contextOf(header, place)).decrypt(sealed));
  } catch {
    throw new VerificationError('own-state-not-opened', 'the seal of this entry does not hold');
  } finally {
    wipe(key);
  }
}

export interface SealingKeys {
  /** All versions, the newest last. */
  readonly archiveKeys: readonly ArchiveKey[];
}

const LABEL = 'Heliogram own state v1';
const FORMAT = 1;

function headerOf(version: number, nonce: Uint8Array): Uint8Array {
  return new ByteWriter().u8(FORMAT).u32(version).fixed(nonce, NONCE_BYTES).bytes();
}

function contextOf(header: Uint8Array, { accountId, covers }: OwnStatePlace): Uint8Array {
  return new ByteWriter()
    .label(LABEL)
    .fixed(header, HEADER_BYTES)
    .fixed(idBytes(accountId), 32)
    .u32(covers)
    .bytes();
}

function takeApart(entry: Uint8Array) {
  if (entry.length > MAX_ENTRY_BYTES) {
    throw new ValidationError('bad-length', 'an entry of own state is too long');
  }
  const reader = new ByteReader(entry, 'an entry of own state');
  const format = reader.u8();
  if (format > FORMAT) throw new ValidationError('newer-format', 'of a newer version');
  if (format !== FORMAT) throw new ValidationError('bad-format', 'no entry of own state');
  const version = reader.u32();
  const nonce = reader.fixed(NONCE_BYTES);
  const header = entry.subarray(0, HEADER_BYTES);
  return { header, nonce, version, sealed: entry.subarray(HEADER_BYTES) };
}

/** To the next power of two from 256, or the largest size there is. */
function pad(plaintext: Uint8Array): Uint8Array {
  const needed = plaintext.length + LENGTH_BYTES;
  if (needed > LARGEST_BYTES) throw new UsageError('too-large', 'more than one entry can hold');
  let size = SMALLEST_BYTES;
  while (size < needed) size = Math.min(size * 2, LARGEST_BYTES);
  const padded = new Uint8Array(size);
  padded.set(new ByteWriter().u32(plaintext.length).bytes());
  padded.set(plaintext, LENGTH_BYTES);
  return padded;
}

function unpad(padded: Uint8Array): Uint8Array {
  const reader = new ByteReader(padded, 'the inside of an entry');
  return reader.fixed(reader.u32());
}
