import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { simulate } from '@heliogram/testing';
import { fixedNumber } from './environment.ts';
import { createMachine } from './simulation/machine.ts';
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
      const life = simulate({
        ...world,
        seed: 1,
        steps: 400,
        stepsPerRound: 100,
        createMachine: () => createMachine(sabotage),
      });
      await assert.rejects(life, (error: Error) => found.test(error.message));
    });
  }
});
