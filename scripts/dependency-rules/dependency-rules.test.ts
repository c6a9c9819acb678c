import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf } from '../source-graph/fixture-house.ts';
import { dependencyRules, findViolations } from './dependency-rules.ts';

type Modules = Readonly<Record<string, string>>;

/** A house that keeps every rule, with the nearest lawful neighbours of each breach. */
const lawful: Modules = {
  'packages/protocol/src/index.ts': 'export const limit = 1;',
  'packages/content/src/index.ts': 'export const text = "Date.now() Math.random()";',
  'packages/mls/src/index.ts':
    'export function sign(privateKey: Uint8Array) { return privateKey; }',
  'packages/mls/src/public/index.ts': `
    import type { Suite } from '../index.ts';
    export type PublicSuite = Suite;
    export const verifySignature = () => new Date(0);`,
  'packages/mls/src/providers/node.ts': "import 'node:crypto'; export const now = Date.now();",
  'packages/crypto/src/index.ts':
    "export * from './mls-engine/port.ts'; import '@noble/hashes/sha2.js';",
  'packages/crypto/src/mls-engine/port.ts': "import '@heliogram/mls';",
  'packages/crypto/src/verify/index.ts':
    'export const verify = (publicKey: string, signature: string, signInLabel: string, signal: string) => [publicKey, signature, signInLabel, signal];',
  'packages/client/src/index.ts': `
    import '@heliogram/crypto';
    import '@heliogram/mls/provider-node';
    setTimeout(() => {}, 1);`,
  'packages/client/src/sync.test.ts': `
    import 'node:test';
    import '@heliogram/testing';
    import '../../../apps/server/app.ts';`,
  'packages/testing/src/index.ts': "import '@heliogram/server';",
  'apps/server/main.ts': "import './app.ts'; import './config/index.ts';",
  'apps/server/app.ts': `
    import { openStore } from './storage/sqlite/store.ts';
    import { createLog } from './log/index.ts';
    openStore(); createLog();`,
  'apps/server/config/index.ts': 'export const port = process.env.PORT;',
  'apps/server/log/index.ts': `
    import type { Row } from '../storage/schema.ts';
    import { StoreFull } from '../storage/port.ts';
    import '@heliogram/crypto/verify';
    import '@heliogram/mls/public';
    import '@heliogram/protocol';
    export type Rows = Row[];
    export const createLog = () => StoreFull;`,
  'apps/server/storage/schema.ts': 'export type Row = string;',
  'apps/server/storage/port.ts': 'export class StoreFull extends Error {}',
  'apps/server/storage/sqlite/store.ts': 'export const openStore = () => {};',
  'apps/server/node-runtime.ts': 'export const now = () => Date.now();',
  'apps/cli/commands/serve.ts': "export const serve = () => import('@heliogram/server');",
  'apps/cli/commands/read.ts':
    "import type { S } from '@heliogram/server'; import '@heliogram/client';",
  'apps/web/views/list.ts': "import '../view-models/list.ts'; import 'react';",
  'apps/web/view-models/list.ts': "import '@heliogram/client';",
  'bench/main.ts': "import '@heliogram/server'; import '@heliogram/mls';",
};

/** For each rule, modules that break it when put into the lawful house. */
const breaches: Readonly<Record<string, readonly Modules[]>> = {
  'LAYER-1': [
    { 'packages/protocol/src/a.ts': "import '@heliogram/content';" },
    { 'packages/protocol/src/a.ts': "export type { A } from '@heliogram/content';" },
    { 'packages/crypto/src/a.ts': "export const a = () => import('@heliogram/client');" },
    { 'packages/client/src/a.ts': "type A = import('@heliogram/server').A; export type B = A;" },
    { 'apps/server/accounts/a.ts': "import '@heliogram/client';" },
    {
      'packages/mls/src/a.ts':
        "new Worker(new URL('../../content/src/index.ts', import.meta.url));",
    },
  ],
  'LAYER-2': [
    { 'packages/client/src/a.ts': "import '../../crypto/src/index.ts';" },
    { 'packages/client/src/a.ts': "import '@heliogram/crypto/src/vault.ts';" },
  ],
  'LAYER-3': [
    { 'packages/client/src/a.ts': "import './sync.test.ts';" },
    { 'packages/client/src/a.ts': "import '@heliogram/testing';" },
    { 'apps/server/log/a.ts': "import assert from 'node:assert/strict';" },
  ],
  'LAYER-4': [
    { 'packages/client/src/a.ts': 'export const load = (name: string) => import(name);' },
    { 'apps/cli/a.ts': "import { createRequire } from 'node:module'; createRequire('/');" },
  ],
  'PURE-1': [
    { 'packages/mls/src/a.ts': "import { hash } from 'node:crypto';" },
    { 'packages/mls/src/a.ts': "import 'crypto';" },
    { 'packages/content/src/a.ts': "import 'ws';" },
    { 'packages/crypto/src/verify/a.ts': "export const a = import('node:fs');" },
  ],
  'PURE-2': [
    { 'packages/mls/src/a.ts': 'export const now = Date.now();' },
    { 'packages/mls/src/a.ts': "export const now = Date['now']();" },
    { 'packages/content/src/a.ts': 'export const now = new Date();' },
    { 'packages/crypto/src/a.ts': 'export const dice = Math.random();' },
    { 'packages/crypto/src/a.ts': 'crypto.getRandomValues(new Uint8Array(1));' },
    { 'packages/protocol/src/a.ts': 'setTimeout(() => {}, 1);' },
    { 'packages/protocol/src/a.ts': 'export const all = globalThis;' },
    { 'packages/protocol/src/a.ts': 'export const home = process.version;' },
  ],
  'SECRET-1': [
    { 'apps/server/log/a.ts': "import '@heliogram/mls';" },
    { 'apps/server/log/a.ts': "import type { A } from '@heliogram/mls/provider-node';" },
    { 'apps/server/log/a.ts': "export const vault = import('@heliogram/crypto');" },
  ],
  'SECRET-2': [
    {
      'packages/mls/src/public/index.ts': "export * from './tree.ts';",
      'packages/mls/src/public/tree.ts': "import '../index.ts';",
    },
    {
      'packages/crypto/src/verify/index.ts': "export const later = () => import('../decrypt.ts');",
      'packages/crypto/src/decrypt.ts': 'export const decrypt = 1;',
    },
    { 'packages/crypto/src/verify/index.ts': 'export const aeadOpen = 1;' },
    { 'packages/crypto/src/verify/index.ts': 'export const signWithLabel = 1;' },
    { 'packages/crypto/src/verify/index.ts': 'export interface Keys { devicePrivateKey: string }' },
    { 'packages/protocol/src/index.ts': "import '@heliogram/client';" },
  ],
  'SECRET-3': [
    { 'packages/crypto/src/vault.ts': "import '@heliogram/mls';" },
    { 'packages/client/src/a.ts': "import type { Group } from '@heliogram/mls';" },
  ],
  'SERVER-1': [
    { 'apps/server/accounts/a.ts': "import '../log/entry.ts';", 'apps/server/log/entry.ts': '' },
    {
      'apps/server/accounts/a.ts': "import type { A } from '../log/deep/index.ts';",
      'apps/server/log/deep/index.ts': '',
    },
  ],
  'SERVER-2': [
    { 'apps/server/accounts/a.ts': "import { createLog } from '../log/index.ts'; createLog();" },
    {
      'apps/server/accounts/a.ts': "import { store } from '../storage/index.ts';",
      'apps/server/storage/index.ts': 'export const store = 1;',
    },
  ],
  'SERVER-3': [
    { 'apps/server/log/a.ts': 'export const debug = process.env.DEBUG;' },
    { 'packages/client/src/a.ts': "export const home = process['env'].HOME;" },
    { 'apps/cli/a.ts': "import { loadEnvFile } from 'node:process'; loadEnvFile();" },
  ],
  'SERVER-4': [
    { 'apps/server/log/a.ts': 'export const now = () => Date.now();' },
    { 'apps/server/log/a.ts': 'setInterval(() => {}, 1000);' },
  ],
  'CLI-1': [
    { 'apps/cli/commands/serve.ts': "import '@heliogram/server';" },
    { 'apps/cli/commands/read.ts': "export const a = () => import('@heliogram/server');" },
  ],
  'VIEW-1': [
    { 'apps/web/views/list.ts': "import '@heliogram/client';" },
    { 'apps/web/views/list.ts': "import type { Entry } from '@heliogram/protocol';" },
    { 'apps/web/views/list.ts': "import '../worker/a.ts';", 'apps/web/worker/a.ts': '' },
    { 'apps/web/views/list.ts': "import '@sqlite.org/sqlite-wasm';" },
  ],
};

describe('dependency rules', () => {
  test('a lawful house breaks none', () => {
    assert.deepEqual(findViolations(graphOf(lawful)), []);
  });

  for (const { id } of dependencyRules) {
    test(`${id} sees each of its breaches`, () => {
      const cases = breaches[id] ?? [];
      assert.ok(cases.length > 0, 'the rule has a breach to see');
      for (const breach of cases) {
        const problems = findViolations(graphOf({ ...lawful, ...breach }));
        const broken = problems.map((problem) => problem.slice(0, problem.indexOf(':')));
        assert.ok(broken.includes(id), `${JSON.stringify(breach)} broke only [${broken.join()}]`);
      }
    });
  }

  test('a breach is told with its rule, file, line and what was found', () => {
    const breach = { 'packages/mls/src/a.ts': '\nexport const now = Date.now();' };
    const [problem] = findViolations(graphOf({ ...lawful, ...breach }));
    assert.match(problem ?? '', /^PURE-2: .*\n {2}packages\/mls\/src\/a\.ts:2 {2}Date\.now$/);
  });
});
