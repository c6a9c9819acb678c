import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { isGenerated, sourceFiles } from './source-files.ts';

const maxSourceLines = 500;
const maxMapLines = 300;
const sources = /\.(tsx?|js|css|html|proto|sh)$/;

/** A source file past 500 lines is two concepts; a map past 300 is not read. */
export const fileSizesCheck: Check = {
  name: 'file-sizes',
  findProblems: async (root) =>
    sourceFiles(root).flatMap((file) => {
      const maxLines = maxLinesOf(file);
      if (maxLines === undefined) return [];
      const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
      return lines > maxLines ? [`${file} has ${lines} lines, the limit is ${maxLines}.`] : [];
    }),
};

function maxLinesOf(file: string): number | undefined {
  if (file === 'ARCHITECTURE.md') return maxMapLines;
  const isCounted = sources.test(file) && !isGenerated(file) && !file.includes('/fixtures/');
  return isCounted ? maxSourceLines : undefined;
}
