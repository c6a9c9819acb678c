import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSourceGraph, type SourceGraph } from './source-graph.ts';

const doors = {
  'packages/protocol': { '.': './src/index.ts' },
  'packages/content': { '.': './src/index.ts' },
  'packages/mls': {
    '.': './src/index.ts',
    './public': './src/public/index.ts',
    './provider-node': './src/providers/node.ts',
  },
  'packages/crypto': { '.': './src/index.ts', './verify': './src/verify/index.ts' },
  'packages/client': { '.': './src/index.ts' },
  'packages/testing': { '.': './src/index.ts' },
  'apps/server': { '.': './main.ts' },
} as const;

/** The graph of a small house with the given modules, for tests of the rules. */
export function graphOf(modules: Readonly<Record<string, string>>): SourceGraph {
  const root = mkdtempSync(join(tmpdir(), 'house-'));
  try {
    const files = { ...manifests(), ...modules };
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return readSourceGraph(root, Object.keys(files));
  } finally {
    rmSync(root, { recursive: true });
  }
}

function manifests(): Record<string, string> {
  const entries = Object.entries(doors).map(([folder, exports]) => {
    const name = `@heliogram/${folder.split('/')[1]}`;
    return [`${folder}/package.json`, JSON.stringify({ name, exports })];
  });
  return Object.fromEntries(entries);
}
