import { workspaceFolder } from '../source-graph/source-graph.ts';
import { workspaceOf } from '../source-graph/workspaces.ts';
import { importViolation, type Rule, shippedImports, shippedModules } from './rule.ts';

/** For each room the rooms it may import; `bench` may import everything that ships. */
const beneath: Readonly<Record<string, readonly string[]>> = {
  'packages/protocol': [],
  'packages/content': [],
  // Publishable alone, so it stands on nothing of the house.
  'packages/mls': [],
  'packages/crypto': ['packages/protocol', 'packages/content', 'packages/mls'],
  'packages/client': ['packages/protocol', 'packages/content', 'packages/mls', 'packages/crypto'],
  'apps/server': ['packages/protocol', 'packages/content', 'packages/mls', 'packages/crypto'],
  'apps/cli': ['packages/protocol', 'packages/content', 'packages/client', 'apps/server'],
  'apps/web': ['packages/protocol', 'packages/content', 'packages/client'],
  scripts: ['apps/server'],
};

const layerOrder: Rule = {
  id: 'LAYER-1',
  sentence:
    'Imports run one way: protocol, content <- mls <- crypto <- client <- web, cli, bench; protocol, content <- server.',
  find: (graph) =>
    shippedImports(graph)
      .filter(({ module, edge }) => {
        const allowed = beneath[module.workspace];
        const target = edge.target === undefined ? undefined : workspaceFolder(edge.target);
        if (allowed === undefined || target === undefined) return false;
        return target !== module.workspace && !allowed.includes(target);
      })
      .map(importViolation),
};

const throughTheDoor: Rule = {
  id: 'LAYER-2',
  sentence:
    'Another package is entered by its name and its exports, never by a path or a back door.',
  find: (graph) =>
    shippedImports(graph)
      .filter(({ module, edge }) => {
        // Benches measure insides as well.
        if (edge.specifier === undefined || module.workspace === 'bench') return false;
        if (edge.external) return workspaceOf(graph.workspaces, edge.external) !== undefined;
        const isPath = edge.specifier.startsWith('.');
        return isPath && workspaceFolder(edge.target ?? module.file) !== module.workspace;
      })
      .map(importViolation),
};

const testsApart: Rule = {
  id: 'LAYER-3',
  sentence: 'What ships imports no test, no test double and no test library.',
  find: (graph) =>
    shippedImports(graph)
      .filter(({ module, edge }) => {
        if (module.workspace === 'scripts' || module.workspace === 'bench') return false;
        const target = edge.target === undefined ? undefined : graph.modules.get(edge.target);
        return target?.isTest || isTestLibrary(edge.external);
      })
      .map(importViolation),
};

const readableImports: Rule = {
  id: 'LAYER-4',
  sentence: 'An import names its module in plain text, or no rule could see it.',
  find: (graph) =>
    shippedModules(graph)
      .filter(({ workspace }) => /^(packages|apps)\//.test(workspace))
      .flatMap((module) => [
        ...module.imports
          .filter((edge) => edge.specifier === undefined)
          .map((edge) => importViolation({ module, edge })),
        ...module.uses
          .filter((use) => use.name === 'createRequire')
          .map((use) => ({ file: module.file, line: use.line, found: use.name })),
      ]),
};

export const layerRules: readonly Rule[] = [
  layerOrder,
  throughTheDoor,
  testsApart,
  readableImports,
];

function isTestLibrary(external: string | undefined): boolean {
  return /^(node:test|node:assert|fast-check|playwright-core|axe-core)(\/|$)/.test(external ?? '');
}
