import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { accountWorld, deviceAt, NOW } from '../../tests/account-world.ts';
import { expectError, invalid, unverified } from '../../tests/expect-error.ts';
import { nodeVerifier } from '../../tests/node-verifier.ts';
import { seededRandom } from '../../tests/seeded-random.ts';
import { createAccount } from '../account.ts';
import { signDeletion, signFindVault, signSignIn, signWithSubject } from '../challenge-signing.ts';
import { openRecoveryPhrase } from '../recovery-phrase.ts';
import {
  type ChallengeAnswer,
  challengeInput,
  isOrigin,
  subjectHash,
  verifyChallenge,
} from './challenge.ts';

const random = seededRandom('challenges');
const account = createAccount({ deviceName: 'phone', random, now: NOW });
const { device } = account;
const terms = { challenge: random(32), origin: 'https://chat.example', expiresAt: NOW + 60_000 };
const { accountId, deviceId } = device;
const signIn: ChallengeAnswer = { ...terms, purpose: 'sign-in', accountId, deviceId };
const publicKey = device.description.signatureKey;

const check = (expected: ChallengeAnswer, signature: Uint8Array, now = NOW) =>
  verifyChallenge({ expected, publicKey, signature, now, verifier: nodeVerifier });

test('IDN-7: the signed input is the layout of the page', () => {
  const input = Buffer.from(challengeInput(signIn));
  const expected = Buffer.concat([
    Buffer.from('\u0014Heliogram sign-in v1'),
    Buffer.from('0020', 'hex'),
    terms.challenge,
    Buffer.from('0014', 'hex'),
    Buffer.from('https://chat.example'),
    Buffer.from(BigInt(terms.expiresAt).toString(16).padStart(16, '0'), 'hex'),
    Buffer.from(accountId, 'hex'),
    Buffer.from(deviceId, 'hex'),
  ]);
  assert.equal(input.toString('hex'), expected.toString('hex'));
});

test('IDN-7: an answer holds for its challenge, origin, expiry, account and device only', async () => {
  const other = deviceAt(await accountWorld('another account', 1), 0);
  const signature = signSignIn(device, terms);
  await check(signIn, signature);
  const changes: readonly Partial<ChallengeAnswer>[] = [
    { challenge: random(32) },
    { challenge: terms.challenge.subarray(1) },
    { origin: 'https://chat.example:8443' },
    { origin: 'http://chat.example' },
    { origin: 'https://evil.example' },
    { expiresAt: terms.expiresAt + 1 },
    { accountId: other.accountId },
    { deviceId: other.deviceId },
  ];
  for (const change of changes) {
    const expected = { ...signIn, ...change } as ChallengeAnswer;
    await expectError(unverified('bad-signature'), () => check(expected, signature));
  }
});

test('IDN-7: an answer is void from its expiry on', async () => {
  const signature = signSignIn(device, terms);
  await check(signIn, signature, terms.expiresAt - 1);
  for (const now of [terms.expiresAt, terms.expiresAt + 1, Number.NaN]) {
    await expectError(unverified('challenge-expired'), () => check(signIn, signature, now));
  }
});

test('IDN-8: no purpose stands for another', async () => {
  const subject = subjectHash(account.statement, account.vault);
  const purposes = ['sign-up', 'add-device'] as const;
  const answers: readonly ChallengeAnswer[] = [
    signIn,
    { ...signIn, purpose: 'delete-account' },
    ...purposes.map((purpose) => ({ ...terms, purpose, accountId, deviceId, subject })),
  ];
  const signatures = [
    signSignIn(device, terms),
    signDeletion(device, terms),
    ...purposes.map((purpose) => signWithSubject({ purpose, device, terms, subject: account })),
  ];
  for (const [i, answer] of answers.entries()) {
    for (const [j, signature] of signatures.entries()) {
      if (i === j) await check(answer, signature);
      else await expectError(unverified('bad-signature'), () => check(answer, signature));
    }
  }
});

test('IDN-7: a sign-up is bound to its very statement and vault', async () => {
  const purpose = 'sign-up';
  const signature = signWithSubject({ purpose, device, terms, subject: account });
  const swapped = subjectHash(account.vault, account.statement);
  const answer = { ...terms, purpose, accountId, deviceId, subject: swapped } as const;
  await expectError(unverified('bad-signature'), () => check(answer, signature));
});

test('IDN-12: the locator alone fetches no vault', async () => {
  const phrase = openRecoveryPhrase(account.recoveryPhrase);
  const answer = { ...terms, purpose: 'find-vault', locator: phrase.locator } as const;
  const signature = signFindVault(phrase, terms);
  const withKey = (key: Uint8Array, expected: ChallengeAnswer) =>
    verifyChallenge({ expected, publicKey: key, signature, now: NOW, verifier: nodeVerifier });
  await withKey(phrase.lookupKey, answer);
  await expectError(unverified('bad-signature'), () => withKey(publicKey, answer));
  const elsewhere = { ...answer, locator: random(16) };
  await expectError(unverified('bad-signature'), () => withKey(phrase.lookupKey, elsewhere));
});

test('IDN-8: every label of this package is apart from every other and from those of MLS', () => {
  const folder = new URL('../', import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  const labels = [...sources.matchAll(/['`](Heliogram [^'`$]* v1)( \$\{use\})?['`]/g)].map(
    (m) => m[1],
  );
  assert.ok(labels.length >= 15, `found ${labels.length}`);
  assert.equal(new Set(labels).size, labels.length);
  for (const label of labels) assert.ok((label ?? '').length + ' binding'.length < 64, label);
  const written = [...sources.matchAll(/\.label\((?:'Heliogram |[A-Z_]+|LABELS|label\))/g)].length;
  assert.equal(written, [...sources.matchAll(/\.label\(/g)].length, 'all labels begin alike');
  assert.notEqual(challengeInput(signIn)[1], 'M'.charCodeAt(0));
});

test('IDN-7: only what a client can dial is an origin', async () => {
  const good = ['https://a', 'http://localhost:8080', 'https://[::1]:8443', 'http://my_host:1'];
  for (const origin of good) assert.ok(isOrigin(origin), origin);
  const bad = [
    '',
    'https://',
    'https://A.example',
    'https://a/',
    'https://a:',
    'https://a:08',
    'wss://a',
    'https://a\n',
    ' https://a',
    'https://a b',
    'https://u@a',
    `https://${'a'.repeat(250)}`,
    'null',
    'https://-a',
    'https://a:123456',
  ];
  for (const origin of bad) {
    await expectError(invalid('bad-origin'), () => challengeInput({ ...signIn, origin }), origin);
  }
});

test('IDN-7: a challenge has 16 to 256 bytes', async () => {
  for (const length of [16, 256]) challengeInput({ ...signIn, challenge: new Uint8Array(length) });
  for (const length of [0, 15, 257, 70_000]) {
    const challenge = new Uint8Array(length);
    await expectError(invalid('bad-challenge'), () => challengeInput({ ...signIn, challenge }));
  }
});
