import { importViolation, type Rule, shippedImports } from './rule.ts';

const serverCommands = /^apps\/cli\/(.+\/)?(serve|admin|backup|restore|check-config)([./-]|$)/;
const viewSurroundings = /^apps\/web\/(src\/)?(views|view-models|design)\//;
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
  id: 'WEB-1',
  sentence: 'Views see view-models, design and the view library only: no protocol, MLS or storage.',
  find: (graph) =>
    shippedImports(graph)
      .filter(({ module, edge }) => {
        if (!/^apps\/web\/(src\/)?views\//.test(module.file)) return false;
        if (edge.target !== undefined) return !viewSurroundings.test(edge.target);
        return edge.external !== undefined && !viewLibraries.test(edge.external);
      })
      .map(importViolation),
};

export const appRules: readonly Rule[] = [serverFromCli, viewsSeeViewModels];
