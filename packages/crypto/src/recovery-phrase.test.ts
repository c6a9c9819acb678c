import assert from 'node:assert/strict';
import { createHmac, hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import { entropyToMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { accountWorld } from '../tests/account-world.ts';
import { expectError, unverified } from '../tests/expect-error.ts';
import { seededRandom } from '../tests/seeded-random.ts';
import {
  createRecoveryPhrase,
  openRecoveryPhrase,
  phraseOpener,
  requirePhraseOpener,
  wipeRecoverySecrets,
} from './recovery-phrase.ts';
import { decodeVault } from './verify/vault-shape.ts';

const random = seededRandom('phrases');
const phrase = createRecoveryPhrase(random);
const words = phrase.split(' ');
const mistake = (code: string) => ({ name: 'RecoveryPhraseError', code });

test('IDN-12: a phrase is 24 words of BIP 39 for 256 random bits', () => {
  assert.equal(words.length, 24);
  const entropy = random(32);
  assert.equal(
    createRecoveryPhrase(() => Uint8Array.from(entropy)),
    entropyToMnemonic(entropy, wordlist),
  );
});

test('IDN-12: its secrets are HKDF of the bits under their labels', () => {
  const entropy = new Uint8Array(32).fill(0x7f);
  const secrets = openRecoveryPhrase(entropyToMnemonic(entropy, wordlist));
  for (const [use, secret] of [
    ['opener', secrets.openerSeed],
    ['lookup', secrets.lookupSeed],
    ['binding', secrets.bindingKey],
    ['locator', secrets.locator],
  ] as const) {
    const label = `Heliogram recovery phrase v1 ${use}`;
    const info = Buffer.concat([Uint8Array.of(label.length), Buffer.from(label)]);
    const expected = hkdfSync('sha256', entropy, new Uint8Array(), info, secret.length);
    assert.deepEqual(secret, new Uint8Array(expected), use);
  }
});

test('IDN-12: however it was typed, it is the same phrase', () => {
  const locator = Buffer.from(openRecoveryPhrase(phrase).locator).toString('hex');
  const typed = [
    phrase.toUpperCase(),
    `  ${words.join('\n')}\r\n`,
    words.join(', '),
    words.map((word, i) => `${i + 1}. ${word}`).join('\n'),
    words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('\u00a0\u2003'),
    words.map((word) => [...word].join('\u200b')).join(' '),
    words
      .map((word) => `${word[0]}\u0301${word.slice(1)}`)
      .join(' ')
      .normalize('NFC'),
    words
      .map((word) => word.replace(/[a-z]/g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0)))
      .join('\u3000'),
    `\ufeff${phrase}`,
  ];
  for (const text of typed) {
    assert.equal(Buffer.from(openRecoveryPhrase(text).locator).toString('hex'), locator, text);
  }
});

test('IDN-12: a mistake is named by its place, and the words stay out of the message', async () => {
  const typo = words.with(6, 'heliogram').join(' ');
  await expectError(mistake('unknown-word'), () => openRecoveryPhrase(typo));
  try {
    openRecoveryPhrase(typo);
  } catch (error) {
    assert.ok(error instanceof Error && 'position' in error);
    assert.equal(error.position, 7);
    assert.ok(!error.message.includes('heliogram'));
  }
  for (const count of [0, 12, 23]) {
    const some = words.slice(0, count).join(' ');
    await expectError(mistake('wrong-word-count'), () => openRecoveryPhrase(some));
  }
  await expectError(mistake('wrong-word-count'), () => openRecoveryPhrase(`${phrase} abandon`));
  const swapped = [words[1], words[0], ...words.slice(2)].join(' ');
  await expectError(mistake('wrong-checksum'), () => openRecoveryPhrase(swapped));
  await expectError(mistake('wrong-checksum'), () => openRecoveryPhrase('abandon '.repeat(24)));
});

test('IDN-12: long and hostile text ends in a named mistake', async () => {
  for (const text of [
    'a'.repeat(100_000),
    '\u0301'.repeat(100_000),
    'abandon '.repeat(20_000),
    '\ud800',
  ]) {
    await assert.rejects(async () => openRecoveryPhrase(text), { name: 'RecoveryPhraseError' });
  }
});

test('IDN-13: the descriptor binds the phrase to its account', async () => {
  const { account } = await accountWorld('binding', 1);
  const secrets = openRecoveryPhrase(account.recoveryPhrase);
  const { descriptor } = phraseOpener(secrets, account.accountId);
  const tag = createHmac('sha256', secrets.bindingKey).update(account.accountId, 'hex').digest();
  assert.deepEqual(descriptor, new Uint8Array([...secrets.locator, ...secrets.lookupKey, ...tag]));
  const vault = decodeVault(account.vault);
  assert.deepEqual(requirePhraseOpener(secrets, vault).descriptor, descriptor);
  const foreign = { ...vault, accountId: (await accountWorld('other', 1)).account.accountId };
  await expectError(unverified('wrong-account'), () => requirePhraseOpener(secrets, foreign));
});

test('IDN-12: wiped secrets are zero', () => {
  const secrets = openRecoveryPhrase(phrase);
  wipeRecoverySecrets(secrets);
  for (const secret of [secrets.openerSeed, secrets.lookupSeed, secrets.bindingKey]) {
    assert.ok(secret.every((byte) => byte === 0));
  }
});
