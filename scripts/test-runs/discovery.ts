import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How test files share a process: all in one, or each in its own. */
export type Isolation = 'shared' | 'process';

export interface TestFiles {
  readonly shared: readonly string[];
  readonly process: readonly string[];
}

const roots = ['packages', 'apps', 'bench', 'scripts'];
const sharedRooms = /^packages\/(protocol|content|mls|crypto)\/src\//;
const browserMarks = ['scripts/chromium.ts', 'playwright-core'];

/**
 * Finds the `*.test.ts` files under the house's roots, relative to `root`, sorted.
 * With filters, a file stays when its path contains one of them.
 */
export function discoverTests(root: string, filters: readonly string[]): TestFiles {
  const patterns = roots.map((folder) => `${folder}/**/*.test.ts`);
  const files = globSync(patterns, { cwd: root, exclude: isInstalled })
    .filter((file) => filters.length === 0 || filters.some((filter) => matches(file, filter)))
    .sort();
  return {
    shared: files.filter((file) => isolationOf(file) === 'shared'),
    process: files.filter((file) => isolationOf(file) === 'process'),
  };
}

/** Unit tests of the pure packages touch nothing outside their process, so they share one. */
function isolationOf(file: string): Isolation {
  return sharedRooms.test(file) ? 'shared' : 'process';
}

/** The files that drive a browser, told by what they import. */
export function browserTests(root: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return browserMarks.some((mark) => text.includes(mark));
  });
}

function isInstalled(path: string): boolean {
  return path.split('/').includes('node_modules');
}

function matches(file: string, filter: string): boolean {
  return file.includes(filter.replace(/^\.\//, ''));
}
