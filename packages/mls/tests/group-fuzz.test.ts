import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World, type WorldOptions } from './fuzz/world.ts';

interface Slice extends Omit<WorldOptions, 'seed'> {
  readonly commits: number;
}

/** What a CI run affords; the command in `fuzz/main.ts` runs the long histories. */
const slices: readonly Slice[] = [
  { suiteId: 1, commits: 120, maxMembers: 16, maxActive: 16 },
  { suiteId: 1, commits: 60, maxMembers: 64, maxActive: 24 },
  { suiteId: 1, commits: 25, maxMembers: 400, maxActive: 10 },
  { suiteId: 3, commits: 30, maxMembers: 20, maxActive: 20 },
  { suiteId: 2, commits: 15, maxMembers: 12, maxActive: 12 },
  { suiteId: 0xf002, commits: 30, maxMembers: 16, maxActive: 16 },
];

const baseSeed = process.env['MLS_SEED'] ?? 'fuzz';

for (const { commits, ...options } of slices) {
  const seed = `${baseSeed}/${options.suiteId}/${options.maxMembers}`;
  const title = `suite ${options.suiteId}, ${commits} commits, up to ${options.maxMembers} members`;
  test(`random histories keep to the model: ${title}`, async (t) => {
    t.diagnostic(`seed ${seed}`);
    const world = await World.begin({ ...options, seed });
    for (let commit = 0; commit < commits; commit++) await world.step();
    await world.finish();
    const counts = Object.fromEntries(world.counts);
    t.diagnostic(JSON.stringify(counts));
    assert.ok((counts['message read'] ?? 0) > commits, 'messages were read');
    assert.ok((counts['removing commit'] ?? 0) > 0, 'members were removed');
  });
}

/** Seeds that once failed stay as tests of their own. */
const seedsToRemember: readonly string[] = ['s2', 's3', 's7'];

for (const seed of seedsToRemember) {
  test(`the history of seed ${seed}`, async () => {
    const world = await World.begin({ seed, suiteId: 1, maxMembers: 24, maxActive: 24 });
    for (let commit = 0; commit < 40; commit++) await world.step();
    await world.finish();
  });
}
