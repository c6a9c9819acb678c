import { randomBytes } from 'node:crypto';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import {
  type Environment,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519,
  RandomSource,
  unsafeAcceptAllCredentials,
} from '../../packages/mls/src/index.ts';
import { createNodeProvider } from '../../packages/mls/src/providers/node.ts';
import { measureTsMls } from '../mls-peers/ts-mls.ts';
import { measureOurs } from './ours.ts';

/**
 * `node bench/mls/main.ts [--members 1000] [--rounds 9] [--no-peer]`: medians in milliseconds of our
 * engine in both suites and of ts-mls 1.6.4 in the same run, as one JSON object a line.
 */
const { values } = parseArgs({
  options: {
    members: { type: 'string', multiple: true, default: ['1000'] },
    rounds: { type: 'string', default: '9' },
    'no-peer': { type: 'boolean', default: false },
  },
});

const env: Environment = {
  provider: createNodeProvider(),
  random: new RandomSource((length) => new Uint8Array(randomBytes(length))),
  nowSeconds: BigInt(Math.floor(Date.now() / 1000)),
  authentication: unsafeAcceptAllCredentials,
};

function report(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

const rounds = Number(values.rounds);
report({ node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length, rounds });
for (const members of values.members.map(Number)) {
  for (const cipherSuite of [
    MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
    MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519,
  ]) {
    const measured = await measureOurs({ env, cipherSuite, members, rounds });
    report({ engine: 'heliogram', cipherSuite, members, ...measured });
  }
  if (values['no-peer']) continue;
  const ms = await measureTsMls({ env, members, rounds });
  report({ engine: 'ts-mls 1.6.4', cipherSuite: 1, members, ms });
}
