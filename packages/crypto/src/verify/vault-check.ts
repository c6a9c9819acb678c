import { activeDevices, type VerifiedDeviceList } from './device-list.ts';
import { VerificationError } from './errors.ts';
import { type SignatureVerifier, verifySignature } from './signature-verifier.ts';
import { type DecodedVault, decodeVault } from './vault-shape.ts';
import { sameBytes } from './wire.ts';

export interface VaultCheck {
  readonly vault: Uint8Array;
  /** The account's device list after the change that the vault comes with. */
  readonly devices: VerifiedDeviceList;
  /** The revision that is stored now, 0 for none. */
  readonly storedRevision: number;
  readonly verifier: SignatureVerifier;
}

/**
 * Verifies that a vault may replace the stored one (IDN-11): signed by the account's identity key,
 * the next revision, sealed for this very device list, its device openers exactly the active devices.
 * Throws `wrong-account`, `vault-revision`, `vault-stale`, `vault-openers` or `bad-signature`.
 */
export async function verifyVault(check: VaultCheck): Promise<DecodedVault> {
  const vault = decodeVault(check.vault);
  const { head, accountId } = check.devices;
  if (vault.accountId !== accountId) throw refuse('wrong-account', 'a vault is of another account');
  if (vault.revision !== check.storedRevision + 1) {
    throw refuse('vault-revision', 'a vault is not the next revision');
  }
  if (vault.deviceListHead.seq !== head.seq || !sameBytes(vault.deviceListHead.hash, head.hash)) {
    throw refuse('vault-stale', 'a vault is sealed for another device list');
  }
  requireDeviceOpeners(vault, check.devices);
  await verifySignature(check.verifier, {
    publicKey: vault.identityPublicKey,
    message: vault.signed,
    signature: vault.signature,
  });
  return vault;
}

function requireDeviceOpeners(vault: DecodedVault, devices: VerifiedDeviceList): void {
  const openers = vault.openers.filter((opener) => opener.kind === 'device');
  const active = activeDevices(devices);
  const listed = active.every((device) =>
    openers.some(
      (opener) =>
        String(opener.openerId) === String(device.deviceId) &&
        sameBytes(opener.publicKey, device.sealKey),
    ),
  );
  if (!listed || openers.length !== active.length) {
    throw refuse('vault-openers', 'the devices that open the vault are not the active devices');
  }
}

function refuse(code: string, message: string): VerificationError {
  return new VerificationError(code, message);
}
