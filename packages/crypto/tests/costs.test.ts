import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  createAccount,
  nobleVerifier,
  openAccount,
  openRecoveryPhrase,
  recoverAccount,
  revokeDevice,
  solveProofOfWork,
  verifyChain,
  verifyVault,
} from '../src/index.ts';
import { type AccountWorld, accountWorld, deviceAt, NOW, stored } from './account-world.ts';
import { nodeVerifier } from './node-verifier.ts';
import { seededRandom } from './seeded-random.ts';

const random = seededRandom('costs');
/** Far above what it costs anywhere: catches what grew by an order of magnitude. */
const MOST_MS = 1_000;
let one: AccountWorld;
let twenty: AccountWorld;

before(async () => {
  one = await accountWorld('one device', 1);
  twenty = await accountWorld('twenty devices', 20);
});

const recovery = () => ({
  opener: openRecoveryPhrase(one.account.recoveryPhrase),
  random,
  now: NOW,
});
const first = () => deviceAt(twenty, 0);
const listOf = ({ account, statements }: AccountWorld, verifier = nodeVerifier) =>
  verifyChain({ accountId: account.accountId, statements, verifier });
const task = { challenge: random(32), identityPublicKey: random(32), difficultyBits: 40 };

const work: Readonly<Record<string, () => unknown>> = {
  'create an account': () => createAccount({ deviceName: 'phone', random, now: NOW }),
  'read a phrase': () => openRecoveryPhrase(one.account.recoveryPhrase),
  recover: () => recoverAccount({ ...stored(one), ...recovery(), deviceName: 'laptop' }),
  'verify a list of 1': () => listOf(one),
  'verify a list of 1, portable': () => listOf(one, nobleVerifier),
  'verify a list of 20': () => listOf(twenty),
  'verify a list of 20, portable': () => listOf(twenty, nobleVerifier),
  'verify a vault of 21 openers': async () =>
    verifyVault({
      ...{ vault: twenty.vault, devices: await listOf(twenty) },
      ...{ storedRevision: 19, verifier: nodeVerifier },
    }),
  'open an account of 20 devices': () => openAccount({ ...stored(twenty), opener: first() }),
  'revoke one of 20 devices': () =>
    revokeDevice({
      ...{ ...stored(twenty), opener: first(), deviceId: deviceAt(twenty, 9).deviceId },
      ...{ random, now: NOW },
    }),
  'try 10,000 nonces of work': () => solveProofOfWork(task, { from: 0, attempts: 10_000 }),
};

for (const [name, run] of Object.entries(work)) {
  test(`the cost to ${name} stays bounded`, async (t) => {
    const times: number[] = [];
    for (let i = 0; i < 7; i++) {
      const started = performance.now();
      await run();
      times.push(performance.now() - started);
    }
    const median = times.toSorted((a, b) => a - b)[3] ?? Number.POSITIVE_INFINITY;
    t.diagnostic(`${median.toFixed(1)} ms`);
    assert.ok(median < MOST_MS, `${median} ms`);
  });
}
