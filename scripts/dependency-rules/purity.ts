import type { SourceModule } from '../source-graph/source-graph.ts';
import { importViolation, type Rule, shippedImports, shippedModules } from './rule.ts';

const pureRooms = /^packages\/(protocol|content|mls|crypto)\/src\//;
/** The edge where the platform's fast primitives are taken up. */
const platformProviders = /^packages\/mls\/src\/providers\/(node|web)(-[a-z-]+)?\.ts$/;

/** Packages that compute and touch nothing; all else is the platform. */
const pureLibraries = /^(@noble\/|@scure\/|@bufbuild\/protobuf(\/|$)|cbor2$)/;

const clocks = ['Date.now', 'new Date()', 'performance.now', 'performance.timeOrigin'];
const randomness = ['Math.random', 'crypto.getRandomValues', 'crypto.randomUUID'];
const scheduling = ['setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame'];
const surroundings = ['globalThis', 'process', 'Buffer'];
const network = ['fetch', 'WebSocket', 'XMLHttpRequest', 'localStorage', 'indexedDB'];
const ambient = new Set([
  ...clocks,
  ...randomness,
  ...scheduling,
  ...network,
  ...surroundings.map((name) => `${name}.`),
  'globalThis',
  'crypto.subtle',
]);

const noPlatform: Rule = {
  id: 'PURE-1',
  sentence:
    'protocol, content, mls and crypto import no Node module and no package but pure computation; the platform comes in through ports.',
  find: (graph) =>
    shippedImports(graph)
      .filter(({ module, edge }) => isPure(module) && isForeign(edge.external))
      .map(importViolation),
};

const noAmbience: Rule = {
  id: 'PURE-2',
  sentence:
    'protocol, content, mls and crypto read no clock, no timer, no global randomness and no network: those are arguments.',
  find: (graph) =>
    shippedModules(graph)
      .filter(isPure)
      .flatMap(({ file, uses }) =>
        uses
          .filter(({ name }) => isAmbient(name))
          .map(({ name, line }) => ({ file, line, found: name })),
      ),
};

/** What ties code to this moment and this machine, told by name. */
export function isClockOrChance(name: string): boolean {
  return [...clocks, ...randomness, ...scheduling].includes(name);
}

export const purityRules: readonly Rule[] = [noPlatform, noAmbience];

function isPure({ file }: SourceModule): boolean {
  return pureRooms.test(file) && !platformProviders.test(file);
}

function isForeign(external: string | undefined): boolean {
  return external !== undefined && !pureLibraries.test(external);
}

function isAmbient(name: string): boolean {
  const object = name.split('.', 1)[0];
  return ambient.has(name) || (name.includes('.') && ambient.has(`${object}.`));
}
