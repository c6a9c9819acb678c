import {
  type ArchiveKey,
  decodeDeviceSecrets,
  nobleVerifier,
  openAccount,
} from '@heliogram/crypto';
import { AccountsService } from '@heliogram/protocol';
import { asHeliogramError } from '../errors.ts';
import { type DevicesContext, fetchDeviceList } from './devices.ts';
import { readSeenHead } from './seen-head.ts';
import type { DeviceKeys } from './sign-up.ts';

/** Vault and device list are asked for one after the other: they may be of different moments. */
const maxAttempts = 3;

/**
 * Every archive key of the account, the newest last, out of its vault. Throws `signature_invalid` for a
 * vault that does not hold or is older than one seen before.
 */
export async function fetchArchiveKeys(
  context: DevicesContext,
  keys: DeviceKeys,
): Promise<readonly ArchiveKey[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await openFetched(context, keys);
    } catch (error) {
      const code = asHeliogramError(error).code;
      if (code !== 'vault_stale' || attempt === maxAttempts) throw error;
    }
  }
}

async function openFetched(
  context: DevicesContext,
  keys: DeviceKeys,
): Promise<readonly ArchiveKey[]> {
  const { call, records } = context;
  const { vault } = await call(AccountsService.method.getVault, {});
  const { statements } = await fetchDeviceList(context, keys.accountId);
  const name = `vault-revision:${keys.accountId}`;
  const seen = Number((await records.get('account', [name])).get(name) ?? 0);
  const { archiveKeys, revision } = await openAccount({
    opener: decodeDeviceSecrets(keys.secrets),
    vault,
    statements,
    verifier: nobleVerifier,
    knownHead: await readSeenHead(records, keys.accountId),
    knownRevision: seen,
  });
  await records.put('account', new Map([[name, String(revision)]]));
  return archiveKeys;
}
