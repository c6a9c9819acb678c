import type { Check } from '../checks/check.ts';
import { readSourceGraph, type SourceGraph } from '../source-graph/source-graph.ts';
import { appRules } from './apps.ts';
import { layerRules } from './layers.ts';
import { purityRules } from './purity.ts';
import type { Rule } from './rule.ts';
import { secretRules } from './secrets.ts';
import { serverRules } from './server-rooms.ts';

/** Every rule of who may know whom. */
export const dependencyRules: readonly Rule[] = [
  ...layerRules,
  ...purityRules,
  ...secretRules,
  ...serverRules,
  ...appRules,
];

export const dependencyRulesCheck: Check = {
  name: 'dependency-rules',
  findProblems: async (root) => findViolations(readSourceGraph(root)),
};

/** A sentence for each broken rule, with the places that break it. */
export function findViolations(graph: SourceGraph): readonly string[] {
  return dependencyRules.flatMap(({ id, sentence, find }) => {
    const places = find(graph).map(({ file, line, found }) => `  ${file}:${line}  ${found}`);
    return places.length === 0 ? [] : [[`${id}: ${sentence}`, ...new Set(places)].join('\n')];
  });
}
