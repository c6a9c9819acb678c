import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { simulate } from '@heliogram/testing';
import { fixedNumber } from './environment.ts';
import { createMachine, type Sabotage } from './simulation/machine.ts';
import { sabotages } from './simulation/sabotage.ts';

const world = { people: 5, stepsPerRound: 200 } as const;

/** `SEED=n STEPS=m npm test -- simulation` lives one life again. */
const seed = fixedNumber('SEED') ?? Math.floor(Math.random() * 2 ** 31);
const steps = fixedNumber('STEPS') ?? 2_000;

describe('the whole server and many clients in one simulated world', () => {
  test(`SIM-1: what was acknowledged is there once, in order, for whoever may read (seed ${seed})`, async (t) => {
    const report = await simulate({ ...world, seed, steps, createMachine: () => createMachine() });
    t.diagnostic(`SEED=${seed} STEPS=${steps} trace ${report.traceHash}`);
    t.diagnostic(
      `${report.entries} entries, ${report.serverKills} deaths of the server, ${Math.round(report.virtualMs / 60_000)} virtual minutes`,
    );
    assert.ok(report.entries > steps / 10, 'the world wrote hardly anything');
    assert.ok(report.serverKills > 0, 'the server never died');
  });

  test('SIM-2: the same seed lives the same life', async () => {
    const life = () =>
      simulate({ ...world, seed: 7, steps: 120, createMachine: () => createMachine() });
    const [first, second] = [await life(), await life()];
    assert.equal(first.traceHash, second.traceHash);
    const other = await simulate({
      ...world,
      seed: 8,
      steps: 120,
      createMachine: () => createMachine(),
    });
    assert.notEqual(first.traceHash, other.traceHash);
  });

  for (const { name, found, ...sabotage } of sabotages) {
    test(`SIM-3: the oracle finds ${name}`, async () => {
      const verdicts: string[] = [];
      for (let seed = 1; seed <= 8 && !verdicts.some((verdict) => found.test(verdict)); seed++) {
        verdicts.push(await verdictOn(sabotage, seed));
      }
      assert.match(verdicts.at(-1) ?? '', found);
    });
  }
});

/** What the oracle says of a short life under a broken server; empty when it saw nothing. */
async function verdictOn(sabotage: Sabotage, seed: number): Promise<string> {
  try {
    const createSabotaged = () => createMachine(sabotage);
    const short = { steps: 400, stepsPerRound: 100, createMachine: createSabotaged };
    await simulate({ ...world, ...short, seed });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
