import { randomBytes } from 'node:crypto';
import {
  type Environment,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 as hybrid,
  RandomSource,
  unsafeAcceptAllCredentials,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519 as x25519,
} from '../../packages/mls/src/index.ts';
import { createNodeProvider } from '../../packages/mls/src/providers/node.ts';
import { askChromium } from '../../packages/mls/tests/chromium-page.ts';
import type { BenchResult, Row } from '../harness/report.ts';
import { measureTsMls } from '../mls-peers/ts-mls.ts';
import { bounds, primitiveCosts } from './bound.ts';
import type { Medians, Meter } from './measure.ts';
import { measureOpenMls } from './openmls.ts';
import { measureOurs } from './ours.ts';
import { targetsAt1000 } from './targets.ts';

const meter: Meter = {
  cpuMs: () => (process.cpuUsage().user + process.cpuUsage().system) / 1000,
  residentMb: () => process.memoryUsage().rss / 1e6,
};

const suites = { X25519: x25519, hybrid } as const;

export interface MlsBench {
  readonly members: readonly number[];
  readonly rounds: number;
  /** Sizes that are measured in Chromium too. */
  readonly inChromium: readonly number[];
  readonly withPeers: boolean;
}

/** Every operation at each size in both suites, against its own primitives and against peers. */
export async function benchMls({
  members,
  rounds,
  inChromium,
  withPeers,
}: MlsBench): Promise<BenchResult> {
  const rows: Row[] = [];
  for (const size of members) {
    const env = environment();
    const ours = await rowsOfOurs(env, size, rounds);
    rows.push(...ours.rows);
    if (!withPeers) continue;
    const peers = {
      'ts-mls 1.6.4': await measureTsMls({ env, members: size, rounds: Math.min(rounds, 3) }),
      'core-crypto 10.3.0': await measureOpenMls({ env, members: size, rounds }),
    };
    for (const [name, theirs] of Object.entries(peers)) {
      rows.push(...rowsOfPeer({ name, size, theirs, ours: ours.x25519 }));
    }
  }
  for (const size of inChromium) rows.push(...(await rowsOfChromium(size, rounds)));
  return { bench: 'mls', rows };
}

function environment(): Environment {
  return {
    provider: createNodeProvider(),
    random: new RandomSource((length) => new Uint8Array(randomBytes(length))),
    nowSeconds: BigInt(Math.floor(Date.now() / 1000)),
    authentication: unsafeAcceptAllCredentials,
  };
}

async function rowsOfOurs(
  env: Environment,
  members: number,
  rounds: number,
): Promise<{ readonly rows: Row[]; readonly x25519: Medians }> {
  const rows: Row[] = [];
  const byName: Record<string, Medians> = {};
  for (const [name, cipherSuite] of Object.entries(suites)) {
    const where = `${members.toLocaleString('en-US')} ${name}`;
    const cost = await primitiveCosts(env.provider.suite(cipherSuite), env.random, meter);
    const measured = await measureOurs({ env, cipherSuite, members, rounds, meter });
    const targets = members === 1000 ? targetsAt1000[name] : undefined;
    const limits = bounds(members, cost);
    for (const [operation, { wallMs, cpuMs }] of Object.entries(measured.medians)) {
      const target = targets?.[operation];
      rows.push({
        what: `${where}: ${operation}`,
        value: wallMs,
        unit: 'ms',
        ...(target !== undefined && { target }),
      });
      const limit = limits[operation];
      if (limit === undefined) continue;
      rows.push({
        what: `${where}: ${operation}, processor`,
        value: cpuMs,
        unit: 'ms',
        against: 'its public-key operations and AEAD',
        ratio: cpuMs / limit,
      });
    }
    rows.push(
      ...sizeRows({ where, targets, peakMb: measured.batchAddPeakMb, bytes: measured.stateBytes }),
    );
    byName[name] = measured.medians;
  }
  return { rows, x25519: byName['X25519'] ?? {} };
}

interface Sizes {
  readonly where: string;
  readonly targets: Record<string, number> | undefined;
  readonly peakMb: number;
  readonly bytes: number;
}

function sizeRows({ where, targets, peakMb, bytes }: Sizes): Row[] {
  const rowOf = (name: string, value: number, unit: string): Row => {
    const target = targets?.[name];
    const what = `${where}: ${name}`;
    return { what, value, unit, ...(target !== undefined && { target }) };
  };
  return [rowOf('memory of add all', peakMb, 'MB'), rowOf('stored state', bytes / 1000, 'kB')];
}

interface Comparison {
  readonly name: string;
  readonly size: number;
  readonly theirs: Medians;
  readonly ours: Medians;
}

/** How many times of ours a peer takes. */
function rowsOfPeer({ name, size, theirs, ours }: Comparison): Row[] {
  return Object.entries(theirs).map(([operation, { wallMs }]) => ({
    what: `${size.toLocaleString('en-US')} X25519: ${operation}, ${name}`,
    value: wallMs,
    unit: 'ms',
    against: 'ours',
    ratio: wallMs / (ours[operation]?.wallMs ?? Number.NaN),
  }));
}

async function rowsOfChromium(members: number, rounds: number): Promise<Row[]> {
  const entry = new URL('browser-entry.ts', import.meta.url);
  const call = `measureGroups(${members}, ${rounds})`;
  const { version, answer } = await askChromium(entry, 'measureGroups', call);
  if (!isMeasured(answer)) throw new TypeError('The page answered with something else');
  return Object.entries(answer).flatMap(([suite, medians]) =>
    Object.entries(medians).map(([operation, { wallMs }]) => ({
      what: `${members.toLocaleString('en-US')} ${suite}: ${operation}, Chromium ${version}`,
      value: wallMs,
      unit: 'ms',
    })),
  );
}

function isMeasured(value: unknown): value is Record<string, Medians> {
  return typeof value === 'object' && value !== null && 'X25519' in value;
}
