// Builds the web app into apps/web/dist when its sources changed since the last build; --force builds
// in any case. Where the bundler is not installed nothing is built, and the server shows its own page.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireNode } from './node-version.ts';

const root = join(import.meta.dirname, '..');
const app = join(root, 'apps/web');
const stamp = join(app, 'dist/.sources');
const sources = [
  'apps/web',
  'packages/client/src',
  'packages/content/src',
  'packages/crypto/src',
  'packages/protocol/src',
  'package-lock.json',
];

requireNode();
await main(process.argv.includes('--force'));

async function main(force: boolean): Promise<void> {
  const state = hashOf(sources.flatMap((path) => filesOf(join(root, path))));
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (built === state && !force) return;
  const vite = await import('vite').catch(() => undefined);
  if (!vite) return console.error('The web app is not built: vite is not installed.');
  await vite.build({ configFile: join(app, 'vite.config.ts'), logLevel: 'warn' });
  writeFileSync(stamp, state);
}

function filesOf(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (/\.[a-z]+$/.test(path)) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/\/(dist|node_modules|tests)\/|\.test\.tsx?$/.test(file))
    .sort();
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}
