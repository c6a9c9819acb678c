import type { Plugin } from 'vite';

/** The workers that sqlite-wasm starts for ways into OPFS that the store does not take. */
const NEVER_STARTED = [
  'new URL("sqlite3-opfs-async-proxy.js", import.meta.url)',
  'new URL("sqlite3-worker1.mjs", import.meta.url)',
] as const;

/**
 * Keeps scripts that nothing starts out of the build, and so out of what is kept for offline use.
 * Throws when sqlite-wasm words them otherwise, as a new version may.
 */
export function sqlitePoolOnly(): Plugin {
  return {
    name: 'heliogram-sqlite-pool-only',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /@sqlite\.org\/sqlite-wasm\/dist\/index\.mjs$/ },
      handler: (code) => NEVER_STARTED.reduce(withoutScript, code),
    },
  };
}

function withoutScript(code: string, script: string): string {
  if (!code.includes(script)) throw new TypeError(`sqlite-wasm has no ${script} any more`);
  return code.replaceAll(script, 'new URL("about:blank")');
}
