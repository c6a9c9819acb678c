import { parseArgs } from 'node:util';
import { World } from './world.ts';

/**
 * Random histories of a group under a model.
 * `node packages/mls/tests/fuzz/main.ts --commits N --members M [--active A] [--suite ID] [--seed S] [--public]`
 */
const { values } = parseArgs({
  options: {
    commits: { type: 'string', default: '200' },
    members: { type: 'string', default: '32' },
    active: { type: 'string', default: '64' },
    suite: { type: 'string', default: '1' },
    public: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now()) },
  },
});

const options = {
  seed: values.seed,
  suiteId: Number(values.suite),
  maxMembers: Number(values.members),
  maxActive: Number(values.active),
  allPublic: values.public,
};
process.stdout.write(`seed ${values.seed}\n`);
const world = await World.begin(options);
const start = performance.now();
for (let commit = 1; commit <= Number(values.commits); commit++) {
  await world.step();
  if (commit % 100 === 0)
    process.stdout.write(`${commit} commits, ${world.scene.memberCount} members\n`);
}
await world.finish();
const seconds = ((performance.now() - start) / 1000).toFixed(1);
process.stdout.write(
  `${values.commits} commits in ${seconds} s; ${world.scene.memberCount} members\n`,
);
for (const [what, count] of [...world.scene.counts].sort())
  process.stdout.write(`  ${count} ${what}\n`);
