export { SeededRandom } from './chance/seeded-random.ts';
export { growthOf, isLinear } from './growth/growth.ts';
export type {
  Chance,
  MachineFactory,
  MachineRuntime,
  Operator,
  RunningServer,
  ServerConnection,
  ServerLink,
  ServerMachine,
  ServerSurroundings,
} from './machine/server-machine.ts';
export { type SimulationOptions, type SimulationReport, simulate } from './world/simulate.ts';
