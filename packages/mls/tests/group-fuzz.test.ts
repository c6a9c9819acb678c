import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorldOptions } from './fuzz/scene.ts';
import { World } from './fuzz/world.ts';

interface Slice extends Omit<WorldOptions, 'seed'> {
  readonly commits: number;
}

/** What a CI run affords; the command in `fuzz/main.ts` runs the long histories. */
const slices: readonly Slice[] = [
  { suiteId: 1, commits: 120, maxMembers: 16, maxActive: 16, allPublic: false },
  { suiteId: 1, commits: 60, maxMembers: 16, maxActive: 16, allPublic: true },
  { suiteId: 1, commits: 60, maxMembers: 64, maxActive: 24, allPublic: false },
  { suiteId: 1, commits: 25, maxMembers: 400, maxActive: 10, allPublic: false },
  { suiteId: 3, commits: 30, maxMembers: 20, maxActive: 20, allPublic: false },
  { suiteId: 2, commits: 40, maxMembers: 12, maxActive: 12, allPublic: false },
  { suiteId: 0xf002, commits: 30, maxMembers: 16, maxActive: 16, allPublic: false },
];

const baseSeed = process.env['MLS_SEED'] ?? 'fuzz';

for (const { commits, ...options } of slices) {
  const seed = `${baseSeed}/${options.suiteId}/${options.maxMembers}${options.allPublic ? '/public' : ''}`;
  const title = `suite ${options.suiteId}, ${commits} commits, up to ${options.maxMembers} members${options.allPublic ? ', in the open' : ''}`;
  test(`random histories keep to the model: ${title}`, async (t) => {
    t.diagnostic(`seed ${seed}`);
    const world = await World.begin({ ...options, seed });
    for (let commit = 0; commit < commits; commit++) await world.step();
    await world.finish();
    const counts = Object.fromEntries(world.scene.counts);
    t.diagnostic(JSON.stringify(counts));
    assert.ok((counts['message read'] ?? 0) > commits, 'messages were read');
    assert.ok((counts['removing commit'] ?? 0) > 0, 'members were removed');
  });
}
