import { isClockOrChance } from './purity.ts';
import {
  type ImportInModule,
  importViolation,
  type Rule,
  shippedImports,
  shippedModules,
} from './rule.ts';

const wiring = /^apps\/server\/(app|main|operator)\.ts$/;
/** How a room is entered: its index, the port it asks others to fill, or the shape it offers. */
const roomDoor = /^apps\/server\/[^/]+\/([a-z-]+[.-])?(index|ports?|service|policy)\.ts$/;
/** Types, erased before anything runs, may be named from a room's front. */
const roomFront = /^apps\/server\/[^/]+\/[^/]+\.ts$/;
/** Rooms that hold the implementations behind ports. */
const givenRooms = /^apps\/server\/(storage|bus)\//;
const portFile = /\/([a-z-]+[.-])?ports?\.ts$/;
const factory = /^(create|open|start)[A-Z]/;
const runtimeEdge = /^apps\/server\/(node-runtime|main|operator)\.ts$/;

const roomDoors: Rule = {
  id: 'SERVER-1',
  sentence:
    "A room of the server enters another by that room's index.ts, port.ts, service.ts or policy.ts; types may come from any file at its top.",
  find: (graph) =>
    shippedImports(graph)
      .filter((found) => isBetweenRooms(found) && !isThroughDoor(found))
      .map(importViolation),
};

const onlyAppWires: Rule = {
  id: 'SERVER-2',
  sentence:
    'Only app.ts wires (operator.ts without a server): no room creates what belongs to another, and storage and bus are given to rooms through their ports.',
  find: (graph) =>
    shippedImports(graph)
      .filter((found) => isBetweenRooms(found) && !found.edge.isType && takesWiring(found))
      .map(importViolation),
};

const environment: Rule = {
  id: 'SERVER-3',
  sentence:
    'Only apps/server/config reads the environment of the server; packages never do, the command line in one file.',
  find: (graph) =>
    shippedModules(graph)
      .filter(({ file }) => /^(packages|apps)\//.test(file) && !mayReadEnvironment(file))
      .flatMap(({ file, uses }) =>
        uses
          .filter(({ name }) => name === 'process.env' || name === 'loadEnvFile')
          .map(({ name, line }) => ({ file, line, found: name })),
      ),
};

const ownTime: Rule = {
  id: 'SERVER-4',
  sentence:
    'The server takes time and chance from its Runtime, so that a simulation can give its own: only node-runtime.ts asks the machine.',
  find: (graph) =>
    shippedModules(graph)
      .filter(({ file, workspace }) => workspace === 'apps/server' && !runtimeEdge.test(file))
      .flatMap(({ file, uses }) =>
        uses
          .filter(({ name }) => isClockOrChance(name))
          .map(({ name, line }) => ({ file, line, found: name })),
      ),
};

export const serverRules: readonly Rule[] = [roomDoors, onlyAppWires, environment, ownTime];

function isBetweenRooms({ module, edge }: ImportInModule): boolean {
  const target = roomOf(edge.target ?? '');
  if (module.workspace !== 'apps/server' || wiring.test(module.file)) return false;
  return target !== undefined && target !== roomOf(module.file);
}

/** `accounts` of `apps/server/accounts/x.ts`; what lies at the top is in no room. */
function roomOf(file: string): string | undefined {
  return /^apps\/server\/([^/]+)\//.exec(file)?.[1];
}

function isThroughDoor({ edge }: ImportInModule): boolean {
  const target = edge.target ?? '';
  return roomDoor.test(target) || (edge.isType && roomFront.test(target));
}

function takesWiring({ edge }: ImportInModule): boolean {
  const target = edge.target ?? '';
  const isGiven = givenRooms.test(target) && !portFile.test(target);
  return isGiven || edge.names.some((name) => factory.test(name));
}

function mayReadEnvironment(file: string): boolean {
  return file.startsWith('apps/server/config/') || file === 'apps/cli/environment.ts';
}
