import type { Check } from '../checks/check.ts';
import { readSourceGraph, type SourceGraph } from './source-graph.ts';

/** Types and lazy imports count too: a circle of types is a circle of thoughts. */
export const importCyclesCheck: Check = {
  name: 'import-cycles',
  findProblems: async (root) => findImportCycles(readSourceGraph(root)),
};

/** One shortest circle for each group of modules that reach each other, as a sentence. */
export function findImportCycles(graph: SourceGraph): readonly string[] {
  const inKnownCycle = new Set<string>();
  const sentences: string[] = [];
  for (const file of graph.modules.keys()) {
    if (inKnownCycle.has(file)) continue;
    const cycle = shortestCycle(graph, file);
    for (const member of cycle) inKnownCycle.add(member);
    if (cycle.length > 0) sentences.push(`Circular import: ${[...cycle, file].join(' -> ')}`);
  }
  return sentences;
}

/** The files of a shortest circle from `start` back to it; empty if there is none. */
function shortestCycle(graph: SourceGraph, start: string): readonly string[] {
  const cameFrom = new Map<string, string>();
  let frontier = [start];
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const file of frontier) {
      for (const target of targetsOf(graph, file)) {
        if (target === start) return pathTo(cameFrom, start, file);
        if (cameFrom.has(target)) continue;
        cameFrom.set(target, file);
        next.push(target);
      }
    }
    frontier = next;
  }
  return [];
}

function targetsOf(graph: SourceGraph, file: string): readonly string[] {
  const edges = graph.modules.get(file)?.imports ?? [];
  return edges.flatMap(({ target }) => (target === undefined ? [] : [target]));
}

function pathTo(
  cameFrom: ReadonlyMap<string, string>,
  start: string,
  end: string,
): readonly string[] {
  const path = [end];
  for (let file = end; file !== start; ) {
    file = cameFrom.get(file) ?? start;
    path.unshift(file);
  }
  return path;
}
