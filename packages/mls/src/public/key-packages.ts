import type { KeyPackage } from '../key-package/key-package.ts';
import { keyPackageRef } from '../key-package/key-package.ts';
import { checkKeyPackages } from '../validation/leaf-checks.ts';
import { checksFor, type PublicEnvironment } from './public-environment.ts';

/**
 * All checks of a key package by itself (RFC 9420 section 10.1), before it is stored or used.
 * @returns its KeyPackageRef.
 */
export async function verifyKeyPackage(
  env: PublicEnvironment,
  keyPackage: KeyPackage,
): Promise<Uint8Array> {
  const checks = checksFor(env, keyPackage.cipherSuite);
  await checkKeyPackages(checks, [keyPackage]);
  return keyPackageRef(checks.crypto, keyPackage);
}
