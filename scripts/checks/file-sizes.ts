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
  findProblems: async (root) => {
    const limited = sourceFiles(root).filter((file) => maxLinesOf(file) < Number.POSITIVE_INFINITY);
    return findOversized(
      limited.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') })),
    );
  },
};

export function findOversized(
  texts: readonly { readonly file: string; readonly text: string }[],
): readonly string[] {
  return texts.flatMap(({ file, text }) => {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    const maxLines = maxLinesOf(file);
    return lines > maxLines ? [`${file} has ${lines} lines, the limit is ${maxLines}.`] : [];
  });
}

function maxLinesOf(file: string): number {
  if (file === 'ARCHITECTURE.md') return maxMapLines;
  const isCounted = sources.test(file) && !isGenerated(file) && !file.includes('/fixtures/');
  return isCounted ? maxSourceLines : Number.POSITIVE_INFINITY;
}
