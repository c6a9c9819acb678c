import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { ed25519PublicKey } from './ed25519-signing.ts';
import { xWingPublicKey } from './key-wrap.ts';
import { carefulRandom, type RandomSource } from './random-source.ts';
import { deriveSecret, equalSecrets, wipe } from './secret-bytes.ts';
import { ValidationError, VerificationError } from './verify/errors.ts';
import { type AccountId, idBytes, openerIdFromBytes } from './verify/ids.ts';
import { LOCATOR_BYTES, OPENER_ID_BYTES } from './verify/limits.ts';
import type { DecodedVault, OpenerDescription, VaultLocator } from './verify/vault-shape.ts';
import { ByteWriter, sameBytes } from './verify/wire.ts';

const ENTROPY_BYTES = 32;
const WORDS = 24;
/** The 2,048 words that a phrase is made of, in the order of BIP 39. */
export const recoveryWords: readonly string[] = wordlist;
const KNOWN_WORDS: ReadonlySet<string> = new Set(wordlist);

/** A phrase that cannot be one: `wrong-word-count`, `unknown-word` or `wrong-checksum`. */
export class RecoveryPhraseError extends ValidationError {
  override readonly name = 'RecoveryPhraseError';
  /** For `unknown-word`: which one, from 1. The word itself stays out of messages and logs. */
  readonly position: number | undefined;

  constructor(code: string, message: string, position?: number) {
    super(code, message);
    this.position = position;
  }
}

/** What a recovery phrase opens; forget it when done. */
export interface RecoverySecrets extends VaultLocator {
  readonly kind: 'phrase';
  /** X-Wing seed, 32 bytes: opens the vault. */
  readonly openerSeed: Uint8Array;
  /** Ed25519 seed, 32 bytes: signs to fetch the vault. */
  readonly lookupSeed: Uint8Array;
  /** 32 bytes: proves which account the phrase was made for. */
  readonly bindingKey: Uint8Array;
}

/** 24 BIP 39 English words for 256 random bits. */
export function createRecoveryPhrase(random: RandomSource): string {
  const entropy = carefulRandom(random)(ENTROPY_BYTES);
  const phrase = entropyToMnemonic(entropy, wordlist);
  wipe(entropy);
  return phrase;
}

/**
 * What a phrase opens (IDN-12), however it was typed: case, accents, spaces, line breaks, commas and
 * numbering do not matter. Throws {@link RecoveryPhraseError}.
 */
export function openRecoveryPhrase(phrase: string): RecoverySecrets {
  const entropy = phraseEntropy(phrase);
  const derive = (use: string, length?: number) =>
    deriveSecret(entropy, `Heliogram recovery phrase v1 ${use}`, length);
  const lookupSeed = derive('lookup');
  const secrets: RecoverySecrets = {
    kind: 'phrase',
    openerSeed: derive('opener'),
    lookupSeed,
    bindingKey: derive('binding'),
    locator: derive('locator', LOCATOR_BYTES),
    lookupKey: ed25519PublicKey(lookupSeed),
  };
  wipe(entropy);
  return secrets;
}

/** The opener that a phrase adds to the vault of its account. */
export function phraseOpener(secrets: RecoverySecrets, accountId: AccountId): OpenerDescription {
  const { locator, lookupKey } = secrets;
  return {
    openerId: openerIdFromBytes(phraseOpenerId(locator)),
    kind: 'phrase',
    publicKey: xWingPublicKey(secrets.openerSeed),
    descriptor: concatBytes(locator, lookupKey, accountTag(secrets, accountId)),
  };
}

/**
 * The vault's entry for this phrase, once its tag shows that the phrase was made for the vault's
 * account: whoever stores the vault could seal another one to the phrase's public key (IDN-13).
 * Throws `opener-unknown` or `wrong-account`.
 */
export function requirePhraseOpener(secrets: RecoverySecrets, vault: DecodedVault) {
  const id = openerIdFromBytes(phraseOpenerId(secrets.locator));
  const entry = vault.openers.find(({ openerId, kind }) => openerId === id && kind === 'phrase');
  if (entry === undefined) {
    throw new VerificationError('opener-unknown', 'the vault does not know this phrase');
  }
  const prefix = concatBytes(secrets.locator, secrets.lookupKey);
  const tag = entry.descriptor.subarray(prefix.length);
  const bound = equalSecrets(tag, accountTag(secrets, vault.accountId));
  if (!bound || !sameBytes(entry.descriptor.subarray(0, prefix.length), prefix)) {
    throw new VerificationError('wrong-account', 'the vault is of another account');
  }
  return entry;
}

export function wipeRecoverySecrets(secrets: RecoverySecrets): void {
  wipe(secrets.openerSeed, secrets.lookupSeed, secrets.bindingKey);
}

function phraseOpenerId(locator: Uint8Array): Uint8Array {
  const named = new ByteWriter().label('Heliogram phrase opener v1').fixed(locator, LOCATOR_BYTES);
  return sha256(named.bytes()).subarray(0, OPENER_ID_BYTES);
}

function accountTag(secrets: RecoverySecrets, accountId: AccountId): Uint8Array {
  return hmac(sha256, secrets.bindingKey, idBytes(accountId));
}

function phraseEntropy(phrase: string): Uint8Array {
  const words = phraseWords(phrase);
  const unknown = words.findIndex((word) => !KNOWN_WORDS.has(word));
  if (unknown !== -1) {
    const position = unknown + 1;
    throw new RecoveryPhraseError(
      'unknown-word',
      `word ${position} is not in the word list`,
      position,
    );
  }
  if (words.length !== WORDS) {
    throw new RecoveryPhraseError(
      'wrong-word-count',
      `a recovery phrase has ${WORDS} words, not ${words.length}`,
    );
  }
  try {
    return mnemonicToEntropy(words.join(' '), wordlist);
  } catch {
    throw new RecoveryPhraseError(
      'wrong-checksum',
      'at least one word of the recovery phrase is wrong',
    );
  }
}

/** Marks and invisible characters vanish; whatever else is no letter parts two words. */
function phraseWords(phrase: string): readonly string[] {
  const plain = phrase
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '');
  return plain.split(/\P{L}+/u).filter((word) => word !== '');
}
