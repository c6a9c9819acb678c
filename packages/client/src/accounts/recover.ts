import {
  type DeviceListChange,
  type DeviceSecrets,
  nobleVerifier,
  openRecoveryPhrase,
  parseAccountId,
  type RecoverySecrets,
  recoverAccount,
  signFindVault,
  signWithSubject,
  verifyChain,
  wipeRecoverySecrets,
} from '@heliogram/crypto';
import { AccountsService, type FindVaultResponse } from '@heliogram/protocol';
import { askChallenge } from '../connection/sign-in.ts';
import { distinctName } from './device-names.ts';
import { type DeviceKeys, deviceKeys, type Enrolment } from './sign-up.ts';

export interface Recovery extends Enrolment {
  /** 24 words, however they were typed. */
  readonly phrase: string;
  /** Told before the device is enrolled. */
  readonly keep: (keys: DeviceKeys) => Promise<void>;
}

/**
 * Makes this a new device of the account that the phrase opens. Throws `phrase_invalid` for words that
 * cannot be one or that open nothing here.
 */
export async function recover(
  recovery: Recovery,
): Promise<{ readonly accountId: string; readonly deviceId: string }> {
  const opener = openRecoveryPhrase(recovery.phrase);
  try {
    const found = await findVault(recovery, opener);
    const { scheduler, random } = recovery.platform;
    const change = await recoverAccount({
      opener,
      vault: found.vault,
      statements: found.statements,
      verifier: nobleVerifier,
      deviceName: await newDeviceName(recovery.deviceName, found),
      random: (length) => random.bytes(length),
      now: scheduler.now(),
    });
    await recovery.keep(deviceKeys(change.device));
    return await enrol(recovery, change);
  } finally {
    wipeRecoverySecrets(opener);
  }
}

/** No active device of the account has it yet. */
async function newDeviceName(
  wanted: string,
  { accountId, statements }: FindVaultResponse,
): Promise<string> {
  const list = await verifyChain({
    accountId: parseAccountId(accountId),
    statements,
    verifier: nobleVerifier,
  });
  const active = [...list.devices.values()].filter(({ status }) => status !== 'revoked');
  return distinctName(
    wanted,
    active.map(({ name }) => name),
  );
}

async function findVault(
  { call, origin }: Recovery,
  opener: RecoverySecrets,
): Promise<FindVaultResponse> {
  const terms = await askChallenge(call, origin);
  const { challenge } = terms;
  const signature = signFindVault(opener, terms);
  const { locator } = opener;
  return call(AccountsService.method.findVault, { locator, challenge, origin, signature });
}

async function enrol(
  { call, origin }: Recovery,
  change: DeviceListChange & { readonly device: DeviceSecrets },
) {
  const terms = await askChallenge(call, origin);
  const { device, statement, vault, accountId } = change;
  const subject = { statement, vault };
  const signature = signWithSubject({ purpose: 'add-device', device, terms, subject });
  const { challenge } = terms;
  const request = { challenge, accountId, statement, vault, signature, origin };
  const { deviceId } = await call(AccountsService.method.addDevice, request);
  return { accountId, deviceId };
}
