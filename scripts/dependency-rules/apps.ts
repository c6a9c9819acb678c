import { importViolation, type Rule, shippedImports } from './rule.ts';

const serverCommands = /^apps\/cli\/(.+\/)?(serve|admin|backup|restore|check-config)([./-]|$)/;
const viewSurroundings = /^apps\/web\/(views|view-models|design|language)\//;
const bridgeWords = /^apps\/web\/bridge\/contract\//;
const viewLibraries = /^(react|react-dom|react-aria-components|react-aria|virtua)(\/|$)/;

const serverFromCli: Rule = {
  id: 'CLI-1',
  sentence:
    'The command line loads the server lazily, by its public entry, and only in the commands that run on its data.',
  find: (graph) =>
    shippedImports(graph)
      .filter(({ module, edge }) => {
        const isServer = edge.target?.startsWith('apps/server/') ?? false;
        if (!isServer || module.workspace !== 'apps/cli' || edge.isType) return false;
        return !edge.isDynamic || !serverCommands.test(module.file);
      })
      .map(importViolation),
};

const viewsSeeViewModels: Rule = {
  id: 'VIEW-1',
  sentence:
    'Views see view-models, design, language and the view library only, and of the bridge its types: no protocol, MLS or storage.',
  find: (graph) =>
    shippedImports(graph)
      .filter(({ module, edge }) => {
        if (!/^apps\/web\/views\//.test(module.file)) return false;
        if (edge.isType && bridgeWords.test(edge.target ?? '')) return false;
        if (edge.target !== undefined) return !viewSurroundings.test(edge.target);
        return edge.external !== undefined && !viewLibraries.test(edge.external);
      })
      .map(importViolation),
};

export const appRules: readonly Rule[] = [serverFromCli, viewsSeeViewModels];
