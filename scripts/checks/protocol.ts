import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contractFolder, releasedContract } from '../generation/contract.ts';
import { findStale, generators } from '../generation/generators.ts';
import { type Check, problemsOfCommand } from './check.ts';

/** The contract is well formed and breaks no client of the last release. */
export const protocolCheck: Check = {
  name: 'protocol',
  async findProblems(root) {
    const buf = { root, program: 'buf', folder: contractFolder };
    if (!existsSync(join(root, contractFolder, 'buf.yaml'))) return [];
    const lint = await problemsOfCommand({ ...buf, args: ['lint'] });
    if (!existsSync(join(root, contractFolder, releasedContract))) return lint;
    const args = ['breaking', '--against', releasedContract];
    return [...lint, ...(await problemsOfCommand({ ...buf, args }))];
  },
};

/** What generators write is what is checked out. */
export const generatedCheck: Check = {
  name: 'generated',
  async findProblems(root) {
    const stale = await Promise.all(generators.map((generator) => findStale(root, generator)));
    return stale.flat();
  },
};
