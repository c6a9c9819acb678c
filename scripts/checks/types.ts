import { join, relative } from 'node:path';
import { type Check, runProgram } from './check.ts';
import { isTypeScript, sourceFiles } from './source-files.ts';

/**
 * Compiles every tsconfig of the house, and finds the TypeScript files that none of them
 * includes: those would be green without having been looked at.
 */
export const typesCheck: Check = {
  name: 'types',
  async findProblems(root) {
    const files = sourceFiles(root);
    const seen = new Set<string>();
    const problems: string[] = [];
    for (const project of files.filter(isProject)) {
      const { status, output } = await runProgram({
        root,
        program: 'tsc',
        args: ['-p', project, '--listFiles'],
      });
      const { included, messages } = splitListing(root, output);
      for (const file of included) seen.add(file);
      if (status !== 0) problems.push(`${project}:\n${messages}`);
    }
    const unseen = files.filter((file) => isTypeScript(file) && !seen.has(file));
    return [...problems, ...unseen.map((file) => `${file} is in no tsconfig.`)];
  },
};

function isProject(file: string): boolean {
  return /(^|\/)tsconfig(\.[a-z-]+)?\.json$/.test(file) && !file.endsWith('tsconfig.base.json');
}

function splitListing(root: string, output: string): { included: string[]; messages: string } {
  const lines = output.split('\n');
  // A listed file is an absolute path; messages name files relative to the repository.
  const isListed = (line: string): boolean => line.startsWith('/');
  return {
    included: lines.filter(isListed).map((line) => relative(root, join(line))),
    messages: lines.filter((line) => !isListed(line) && line !== '').join('\n'),
  };
}
