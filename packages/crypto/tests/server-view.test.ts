import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createAccount,
  openRecoveryPhrase,
  recoverAccount,
  signFindVault,
  signSignIn,
  signWithSubject,
  solveProofOfWork,
} from '../src/index.ts';
import {
  type AccountId,
  activeDevices,
  type DeviceId,
  decodeVault,
  extendChain,
  requireActiveDevice,
  subjectHash,
  type VerifiedDeviceList,
  vaultLocators,
  verifyChain,
  verifyChallenge,
  verifyProofOfWork,
  verifyVault,
} from '../src/verify/index.ts';
import { NOW } from './account-world.ts';
import { nodeVerifier as verifier } from './node-verifier.ts';
import { seededRandom } from './seeded-random.ts';

const random = seededRandom('server view');
const terms = () => ({
  challenge: random(32),
  origin: 'https://chat.example',
  expiresAt: NOW + 1_000,
});

/** Checks that the device that a request adds answered for all of it. */
async function verifyRequest(request: {
  readonly purpose: 'sign-up' | 'add-device';
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
  readonly list: VerifiedDeviceList;
  readonly statement: Uint8Array;
  readonly vault: Uint8Array;
  readonly storedRevision: number;
  readonly asked: ReturnType<typeof terms>;
  readonly signature: Uint8Array;
}): Promise<void> {
  const { purpose, accountId, deviceId, list, statement, vault, storedRevision } = request;
  await verifyVault({ vault, devices: list, storedRevision, verifier });
  const publicKey = requireActiveDevice(list, deviceId).signatureKey;
  const subject = subjectHash(statement, vault);
  const expected = { ...request.asked, purpose, accountId, deviceId, subject };
  await verifyChallenge({ expected, publicKey, signature: request.signature, now: NOW, verifier });
}

test('IDN-27: a server with public keys only signs up, signs in and recovers an account', async () => {
  const { accountId, device, statement, vault, ...account } = createAccount({
    deviceName: 'phone',
    random,
    now: NOW,
  });
  const task = {
    challenge: random(32),
    identityPublicKey: account.identityPublicKey,
    difficultyBits: 8,
  };
  const work = solveProofOfWork(task, { from: 0, attempts: 100_000 });
  assert.ok(work.solved);
  verifyProofOfWork(task, work.nonce);

  const list = await verifyChain({ accountId, statements: [statement], verifier });
  const signUp = {
    purpose: 'sign-up' as const,
    device,
    terms: terms(),
    subject: { statement, vault },
  };
  await verifyRequest({
    ...{ purpose: 'sign-up', accountId, deviceId: device.deviceId, list, statement, vault },
    ...{ storedRevision: 0, asked: signUp.terms, signature: signWithSubject(signUp) },
  });

  const asked = terms();
  const { deviceId } = device;
  await verifyChallenge({
    expected: { ...asked, purpose: 'sign-in', accountId, deviceId },
    publicKey: requireActiveDevice(list, deviceId).signatureKey,
    signature: signSignIn(device, asked),
    now: NOW,
    verifier,
  });

  const opener = openRecoveryPhrase(account.recoveryPhrase);
  const [known] = vaultLocators(decodeVault(vault));
  assert.deepEqual(known?.locator, opener.locator);
  const search = terms();
  await verifyChallenge({
    expected: { ...search, purpose: 'find-vault', locator: opener.locator },
    publicKey: known?.lookupKey ?? random(32),
    signature: signFindVault(opener, search),
    now: NOW,
    verifier,
  });

  const recovered = await recoverAccount({
    ...{ opener, vault, statements: [statement], verifier, deviceName: 'laptop', random, now: NOW },
  });
  const longer = await extendChain(list, recovered.statement, verifier);
  const adding = {
    purpose: 'add-device' as const,
    device: recovered.device,
    terms: terms(),
    subject: recovered,
  };
  await verifyRequest({
    ...{ purpose: 'add-device', accountId, deviceId: recovered.device.deviceId, list: longer },
    ...{ statement: recovered.statement, vault: recovered.vault, storedRevision: 1 },
    ...{ asked: adding.terms, signature: signWithSubject(adding) },
  });
  assert.equal(activeDevices(longer).length, 2);
});
