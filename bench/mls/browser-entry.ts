import {
  type Environment,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 as hybrid,
  RandomSource,
  unsafeAcceptAllCredentials,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519 as x25519,
} from '../../packages/mls/src/index.ts';
import { createWebProvider } from '../../packages/mls/src/providers/web.ts';
import type { Medians } from './measure.ts';
import { measureOurs } from './ours.ts';

async function measureGroups(members: number, rounds: number): Promise<Record<string, Medians>> {
  const env: Environment = {
    provider: await createWebProvider(crypto.subtle),
    random: new RandomSource((length) => crypto.getRandomValues(new Uint8Array(length))),
    nowSeconds: BigInt(Math.floor(Date.now() / 1000)),
    authentication: unsafeAcceptAllCredentials,
  };
  const measured: Record<string, Medians> = {};
  for (const [name, cipherSuite] of Object.entries({ X25519: x25519, hybrid })) {
    measured[name] = (await measureOurs({ env, cipherSuite, members, rounds })).medians;
  }
  return measured;
}

Object.assign(globalThis, { measureGroups });
