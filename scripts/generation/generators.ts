import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiReportGenerator } from './api-report.ts';
import { contractGenerator } from './contract.ts';
import type { Generator } from './generator.ts';
import { commandGenerator, configGenerator } from './pages.ts';

/** Every generator of the house, in the order they run. */
export const generators: readonly Generator[] = [
  contractGenerator,
  configGenerator,
  commandGenerator,
  apiReportGenerator,
];

/** The files whose generated content differs from what is checked out, as sentences. */
export async function findStale(root: string, generator: Generator): Promise<readonly string[]> {
  if (!generator.isPresent(root)) return [];
  const outputRoot = mkdtempSync(join(tmpdir(), 'generated-'));
  try {
    await generator.write(root, outputRoot);
    return differences(
      readTree(join(outputRoot, generator.target)),
      readTree(join(root, generator.target)),
    ).map((file) => `${generator.target}${file} is not what "npm run generate" writes.`);
  } finally {
    rmSync(outputRoot, { recursive: true });
  }
}

function differences(wanted: Map<string, string>, present: Map<string, string>): string[] {
  const files = new Set([...wanted.keys(), ...present.keys()]);
  return [...files].filter((file) => wanted.get(file) !== present.get(file)).sort();
}

/** The text of every file below `path`, keyed by `/relative/path`, or by nothing for a file. */
function readTree(path: string): Map<string, string> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return new Map();
  if (stats.isFile()) return new Map([['', readFileSync(path, 'utf8')]]);
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((file) => [file.slice(path.length), readFileSync(file, 'utf8')]));
}
