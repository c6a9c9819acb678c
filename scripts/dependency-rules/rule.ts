import type { ImportEdge, SourceGraph, SourceModule } from '../source-graph/source-graph.ts';

export interface Violation {
  readonly file: string;
  readonly line: number;
  /** What was found there, such as the specifier of an import. */
  readonly found: string;
}

/** A law of who may know whom. The id never changes its meaning. */
export interface Rule {
  readonly id: string;
  readonly sentence: string;
  readonly find: (graph: SourceGraph) => readonly Violation[];
}

export interface ImportInModule {
  readonly module: SourceModule;
  readonly edge: ImportEdge;
}

/** The modules that ship: neither tests nor generated. */
export function shippedModules(graph: SourceGraph): readonly SourceModule[] {
  return [...graph.modules.values()].filter((module) => !module.isTest && !module.isGenerated);
}

/** Every import of the modules that ship. */
export function shippedImports(graph: SourceGraph): readonly ImportInModule[] {
  return shippedModules(graph).flatMap((module) =>
    module.imports.map((edge) => ({ module, edge })),
  );
}

export function importViolation({ module, edge }: ImportInModule): Violation {
  return { file: module.file, line: edge.line, found: edge.specifier ?? 'a computed import' };
}
