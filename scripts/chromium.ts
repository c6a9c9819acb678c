import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const knownPaths = [
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What a Chromium is started with that a program drives: it asks nobody, and runs for root too. */
export const chromiumArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium to drive: `CHROMIUM_PATH`, one on this machine, or, for root on a
 * Debian system, one installed now.
 * @throws Error whose message says how to get one.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const named = env['CHROMIUM_PATH'];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH is "${named}", which is not a program that can be started.`);
  }
  const present = searchChromium(env);
  if (present) return present;
  if (process.getuid?.() === 0) installChromium();
  const installed = searchChromium(env);
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chromium and found none: install it (on Debian "apt-get install chromium" as root), or set CHROMIUM_PATH to its program.',
  );
}

function searchChromium(env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => commandNames.map((name) => join(folder, name)));
  return [...onPath, ...knownPaths].find(isExecutable);
}

function installChromium(): void {
  process.stderr.write('Chromium is missing: installing it with apt-get.\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update'], { stdio: 'ignore', env });
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  spawnSync('apt-get', install, { stdio: ['ignore', 'ignore', 'inherit'], env });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
