import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of the checkout that git tracks or would track, relative to `root`, sorted.
 * Ignored files are nobody's source.
 */
export function sourceFiles(root: string): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: root, maxBuffer: 1 << 26 }).toString();
  const files = listed.split('\0').filter((file) => file !== '');
  return [...new Set(files)].filter((file) => existsSync(join(root, file))).sort();
}

/** TypeScript written by a generator, which no rule of style or size is for. */
export function isGenerated(file: string): boolean {
  return file.includes('/gen/');
}

/** Test code: its file's name or folder says so. */
export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || /(^|\/)tests\//.test(file);
}

export function isTypeScript(file: string): boolean {
  return /\.tsx?$/.test(file);
}
