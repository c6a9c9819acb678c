// Writes all generated files; with --check only says which of them are stale;
// with --release records the contract that later changes must not break.
import { contractFolder, recordReleasedContract } from './generation/contract.ts';
import { findStale, generators } from './generation/generators.ts';
import { requireNode } from './node-version.ts';

const root = process.cwd();

requireNode();
await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--check')) return check();
  if (args.includes('--release')) {
    await recordReleasedContract(root);
    return console.log(`Recorded the released contract in ${contractFolder}.`);
  }
  for (const generator of generators.filter(({ isPresent }) => isPresent(root))) {
    await generator.write(root, root);
    console.log(`${generator.name}: ${generator.target}`);
  }
}

async function check(): Promise<void> {
  const stale = await Promise.all(generators.map((generator) => findStale(root, generator)));
  for (const sentence of stale.flat()) console.error(sentence);
  process.exitCode = stale.flat().length === 0 ? 0 : 1;
}
