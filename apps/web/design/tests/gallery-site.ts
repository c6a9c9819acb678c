import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { chromiumArguments, findChromium } from '../../../../scripts/chromium.ts';
import app from '../../vite.config.ts';

const web = fileURLToPath(new URL('../../', import.meta.url));
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};
/** As the server gives the app; the hash is the one style that React Aria injects. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

interface GallerySite {
  readonly browser: Browser;
  /** The gallery's address in a look: `theme=dark&mood=night&language=ar`. */
  at(look: string): string;
  close(): Promise<void>;
}

/** Builds the gallery as the app is built, serves it under the app's rules, and starts a browser. */
export async function openGallerySite(): Promise<GallerySite> {
  const folder = await mkdtemp(join(tmpdir(), 'heliogram-gallery-'));
  await build({
    root: web,
    configFile: false,
    plugins: [react()],
    logLevel: 'warn',
    // As the app is built, without its other pages and the service worker's list of files.
    build: { ...app.build, outDir: folder, rolldownOptions: { input: `${web}design.html` } },
  });
  const server = await serve(folder);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumArguments],
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    browser,
    at: (look) => `http://127.0.0.1:${port}/design.html#${look}`,
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    readFile(join(folder, path)).then(
      (body) => {
        response.setHeader('content-type', contentTypes[extname(path)] ?? 'text/plain');
        response.setHeader('content-security-policy', contentPolicy);
        response.end(body);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
