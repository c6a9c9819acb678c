import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  activeDevices,
  createAccount,
  decodeDeviceSecrets,
  encodeDeviceSecrets,
  nobleVerifier,
  openAccount,
  openRecoveryPhrase,
  recoverAccount,
  revokeDevice,
} from '../src/index.ts';
import { NOW } from './account-world.ts';
import { seededRandom } from './seeded-random.ts';

/** What a server and two devices stored, as release 0.1 wrote it. Never written again. */
interface StoredState {
  readonly accountId: string;
  readonly recoveryPhrase: string;
  readonly statements: readonly string[];
  readonly vault: string;
  readonly devices: readonly string[];
  readonly archiveKeys: readonly { readonly version: number; readonly key: string }[];
}

const file = new URL('fixtures/account-0.1.json', import.meta.url);
const state: StoredState = JSON.parse(readFileSync(file, 'utf8'));
const verifier = nobleVerifier;
const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));
const base64 = (raw: Uint8Array) => Buffer.from(raw).toString('base64');
const access = { statements: state.statements.map(bytes), vault: bytes(state.vault), verifier };

test('IDN-26: the phrase of release 0.1 opens its account', async () => {
  const opener = openRecoveryPhrase(state.recoveryPhrase);
  const { accountId, archiveKeys, devices, revision } = await openAccount({ ...access, opener });
  assert.equal(accountId, state.accountId);
  assert.equal(revision, 3);
  assert.deepEqual(
    archiveKeys.map(({ version, key }) => ({ version, key: base64(key) })),
    state.archiveKeys,
  );
  assert.deepEqual(
    activeDevices(devices).map(({ name }) => name),
    ['phone'],
  );
});

test('IDN-26: the device of release 0.1 opens its account, the revoked one does not', async () => {
  const [phone, laptop] = state.devices.map((device) => decodeDeviceSecrets(bytes(device)));
  assert.ok(phone !== undefined && laptop !== undefined);
  const { devices } = await openAccount({ ...access, opener: phone });
  assert.equal(devices.devices.get(laptop.deviceId)?.status, 'revoked');
  await assert.rejects(openAccount({ ...access, opener: laptop }), { code: 'opener-unknown' });
});

test('IDN-26: the same seeds still give the same bytes', async () => {
  const made = await makeState();
  assert.deepEqual(made, state);
});

async function makeState(): Promise<StoredState> {
  const random = seededRandom('stored state 0.1');
  const account = createAccount({ deviceName: 'phone', random, now: NOW });
  const opener = openRecoveryPhrase(account.recoveryPhrase);
  const first = { vault: account.vault, statements: [account.statement], verifier };
  const laptop = { deviceName: 'laptop', random, now: NOW + 1 };
  const recovered = await recoverAccount({ ...first, ...laptop, opener });
  const statements = [account.statement, recovered.statement];
  const revoked = await revokeDevice({
    ...{ opener: account.device, statements, vault: recovered.vault, verifier },
    ...{ deviceId: recovered.device.deviceId, random, now: NOW + 2 },
  });
  return {
    accountId: account.accountId,
    recoveryPhrase: account.recoveryPhrase,
    statements: [...statements, revoked.statement].map(base64),
    vault: base64(revoked.vault),
    devices: [account.device, recovered.device].map((device) =>
      base64(encodeDeviceSecrets(device)),
    ),
    archiveKeys: revoked.archiveKeys.map(({ version, key }) => ({ version, key: base64(key) })),
  };
}
