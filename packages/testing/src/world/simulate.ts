import { create } from '../actors/membership.ts';
import type { MachineFactory } from '../machine/server-machine.ts';
import { audit } from '../oracle/audit.ts';
import { type Deed, stir } from './chaos.ts';
import { comeToRest } from './quiet.ts';
import { World } from './world.ts';

export interface SimulationOptions {
  readonly seed: number;
  /** How many things happen in all. */
  readonly steps: number;
  /** Things that happen before everybody comes to rest and all is judged. */
  readonly stepsPerRound: number;
  readonly people: number;
  readonly createMachine: MachineFactory;
}

export interface SimulationReport {
  /** The same for the same seed, steps and code. */
  readonly traceHash: string;
  readonly virtualMs: number;
  readonly entries: number;
  readonly serverKills: number;
  readonly deeds: ReadonlyMap<Deed, number>;
}

/** Lines of its trace that a failure shows. */
const keptOfTrace = 60;

/** A world's life. Throws, with the end of its trace, when the oracle finds anything. */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const world = new World(options.seed, options.createMachine);
  try {
    return await live(world, options);
  } catch (error) {
    const trace = world.trace.tail.slice(-keptOfTrace).join('\n  ');
    const what = error instanceof Error ? error.message : String(error);
    const again = `SEED=${options.seed} STEPS=${options.steps}`;
    throw new Error(`${again}: ${what}\nthe trace ends with\n  ${trace}`, { cause: error });
  } finally {
    await world.close();
  }
}

async function live(world: World, options: SimulationOptions): Promise<SimulationReport> {
  const deeds = new Map<Deed, number>();
  await populate(world, options.people);
  for (let step = 0; step < options.steps; ) {
    for (let i = 0; i < options.stepsPerRound && step < options.steps; i++, step++) {
      const deed = stir(world);
      deeds.set(deed, (deeds.get(deed) ?? 0) + 1);
      await world.pass(world.random.int(0, world.random.chance(0.05) ? 20_000 : 400));
    }
    await comeToRest(world);
    await audit(world);
    // Others come in the place of those who deleted their accounts.
    while (world.actors.length < options.people) await world.addActor();
  }
  return {
    traceHash: world.trace.digest(),
    virtualMs: world.queue.nowMs,
    entries: [...world.intents.values()].filter(({ seq }) => seq > 0).length,
    serverKills: world.server.kills,
    deeds,
  };
}

async function populate(world: World, people: number): Promise<void> {
  world.server.boot();
  await world.run(() => world.server.running !== undefined, 60_000, 'the server starts');
  for (let i = 0; i < people; i++) await world.addActor();
  world.addPasserBy();
  for (const [i, actor] of world.actors.slice(0, 3).entries()) {
    actor.enqueue(() => create(actor, i !== 1));
    await world.run(() => world.channels.length > i, 60_000, 'a channel is made');
  }
}
