import type { CipherSuiteId, CryptoProvider, SuiteCrypto } from '../crypto-provider.ts';
import { UsageError } from '../errors.ts';
import { cipherSuiteIds, cipherSuites } from './cipher-suites.ts';
import { ComposedSuite } from './composed-suite.ts';
import type { Platform } from './platform.ts';

/** All suites over one platform. */
export function providerOver(platform: Platform): CryptoProvider {
  const suites = new Map<number, SuiteCrypto>(
    cipherSuites.map((suite) => [suite.id, new ComposedSuite(suite, platform)]),
  );
  return {
    name: platform.name,
    supportedSuites: cipherSuiteIds satisfies readonly CipherSuiteId[],
    suite(id) {
      const suite = suites.get(id);
      if (suite !== undefined) return suite;
      throw new UsageError('unsupported-cipher-suite', `Cipher suite ${id} is not supported`);
    },
  };
}
