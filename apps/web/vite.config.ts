import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precachePlugin } from './build/precache-plugin.ts';
import { sqlitePoolOnly } from './build/sqlite-pool-only.ts';
import { startFirst } from './build/start-first.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
// Where the time of a build goes is no news to whoever starts a server.
const checks = { pluginTimings: false };
const start = here('start.ts');

/**
 * The app's page; the service worker is built beside it, see `build/`. The design gallery is not part of
 * the build: Vite's own server shows it (`npm run design`).
 */
export default defineConfig({
  root: here('.'),
  plugins: [
    react(),
    startFirst('index.html'),
    precachePlugin({ source: here('service-worker'), otherPages: [] }),
  ],
  worker: { format: 'es', plugins: () => [sqlitePoolOnly()], rolldownOptions: { checks } },
  build: {
    target: 'es2022',
    outDir: here('dist'),
    emptyOutDir: true,
    // A data URI is a request less, but the content policy knows `self` only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { app: here('index.html'), start }, checks },
  },
  // sqlite-wasm finds its .wasm beside its own module.
  optimizeDeps: { exclude: ['@sqlite.org/sqlite-wasm'] },
});
