import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface TestFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly drivesBrowser: boolean;
  readonly characters: number;
}

const roots = ['packages', 'apps', 'bench', 'scripts'];
const sharedRooms = /^packages\/(protocol|content|mls|crypto)\/src\//;
const browserPackage = 'playwright-core';
const importLine = /^(?:import|export|\}) ?[^'\n]*'([^']+)'/gm;

/**
 * Finds the `*.test.ts` files under the house's roots, relative to `root`, sorted.
 * With filters, a file stays when its path contains one of them.
 */
export function discoverTests(root: string, filters: readonly string[]): readonly TestFile[] {
  const patterns = roots.map((folder) => `${folder}/**/*.test.ts`);
  const driving = new Map<string, boolean>();
  return globSync(patterns, { cwd: root, exclude: isInstalled })
    .filter((file) => filters.length === 0 || filters.some((filter) => matches(file, filter)))
    .sort()
    .map((path) => describeFile(root, path, driving));
}

/**
 * Which files share a process, in the order in which to start them: what takes long first, so that
 * the processes end together. Unit tests of the pure packages touch nothing outside of their process,
 * so one process runs them all.
 */
export function groupTests(files: readonly TestFile[]): readonly (readonly string[])[] {
  const isShared = ({ path }: TestFile) => sharedRooms.test(path);
  const alone = files.filter((file) => !isShared(file)).toSorted(byExpectedTime);
  const shared = files.filter(isShared);
  return [shared.map(({ path }) => path), ...alone.map(({ path }) => [path])];
}

function describeFile(root: string, path: string, driving: Map<string, boolean>): TestFile {
  const file = join(root, path);
  const characters = readFileSync(file, 'utf8').length;
  return { path, drivesBrowser: leadsToBrowser(file, driving), characters };
}

/** Whether a module imports the package that drives browsers, itself or through its own files. */
function leadsToBrowser(file: string, known: Map<string, boolean>): boolean {
  const answer = known.get(file);
  if (answer !== undefined || !existsSync(file)) return answer ?? false;
  known.set(file, false);
  const specifiers = [...readFileSync(file, 'utf8').matchAll(importLine)].map((match) => match[1]);
  const leads = specifiers.some(
    (specifier = '') =>
      specifier === browserPackage ||
      (/^\..*\.tsx?$/.test(specifier) && leadsToBrowser(join(dirname(file), specifier), known)),
  );
  known.set(file, leads);
  return leads;
}

/** A browser takes longer than anything else; beside that, more text means more tests. */
function byExpectedTime(one: TestFile, other: TestFile): number {
  const browserFirst = Number(other.drivesBrowser) - Number(one.drivesBrowser);
  return browserFirst || other.characters - one.characters;
}

function isInstalled(path: string): boolean {
  return path.split('/').includes('node_modules');
}

function matches(file: string, filter: string): boolean {
  return file.includes(filter.replace(/^\.\//, ''));
}
