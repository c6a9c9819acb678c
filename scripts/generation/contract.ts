import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../checks/check.ts';
import type { Generator } from './generator.ts';

export const contractFolder = 'packages/protocol';

/** The image of the contract as last released, which no change may break. */
export const releasedContract = 'released-contract.binpb';

/** TypeScript from the `.proto` contract, by the plugin that npm installed: no network. */
export const contractGenerator: Generator = {
  name: 'contract',
  target: `${contractFolder}/src/gen`,
  isPresent: (root) => existsSync(join(root, contractFolder, 'buf.gen.yaml')),
  write: (root, outputRoot) =>
    buf(root, ['generate', '--output', join(outputRoot, contractFolder)]),
};

/** Makes today's contract the one that `buf breaking` compares with. */
export function recordReleasedContract(root: string): Promise<void> {
  return buf(root, ['build', '--exclude-source-info', '--output', releasedContract]);
}

async function buf(root: string, args: readonly string[]): Promise<void> {
  const { status, output } = await runProgram({
    root,
    program: 'buf',
    args,
    folder: contractFolder,
  });
  if (status !== 0) throw new Error(`buf ${args[0]} failed (${status}): ${output}`);
}
