import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { HASHED_PREFIX, type Precache, type PrecachedFile } from '../service-worker/precache.ts';

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk;

/** Hardly ever needed to open the app, or not served. */
const LEFT_OUT = /\.(map|br|gz|txt)$|^\/(service-worker\.js|apple-touch-icon\.png)$/;
const PAGE = 'index.html';

export type PrecacheOptions = {
  /** Folder of the service worker's `main.ts`. */
  readonly source: string;
  /** Names of pages of the build that are not the app: what only they need is left out. */
  readonly otherPages: readonly string[];
};

/**
 * Builds `service-worker.js` beside the pages, with the list of what the app needs to open without a
 * network, and writes the build's version into the page.
 */
export function precachePlugin({ source, otherPages }: PrecacheOptions): Plugin {
  let version = '';
  let leftOut: ReadonlySet<string> = new Set();
  return {
    name: 'heliogram-precache',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        leftOut = onlyOf(otherPages, bundle);
        version = versionOf(bundle);
        stampPage(bundle[PAGE], version);
      },
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir = '' }) {
        const files = filesOf(dir, leftOut);
        await buildServiceWorker({ source, outDir: dir, precache: { version, files } });
      },
    },
  };
}

/** Of what the build made, not of when: the same source is the same version. */
function versionOf(bundle: Bundle): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(bundle).sort()) {
    const part = bundle[name];
    hash.update(`${name}\0`).update(part?.type === 'chunk' ? part.code : (part?.source ?? ''));
  }
  return hash.digest('hex').slice(0, 16);
}

function stampPage(page: Bundle[string] | undefined, version: string): void {
  if (page?.type !== 'asset') throw new TypeError(`the build has no ${PAGE}`);
  const html = page.source.toString();
  const stamped = html.replace(
    '</title>',
    `</title>\n    <meta name="version" content="${version}" />`,
  );
  if (stamped === html) throw new TypeError(`${PAGE} has no title to put the version behind`);
  page.source = stamped;
}

/** Files that these pages reach and the app does not. */
function onlyOf(otherPages: readonly string[], bundle: Bundle): ReadonlySet<string> {
  const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
  const entries = chunks.filter(({ isEntry }) => isEntry);
  const isOther = ({ name }: Chunk) => otherPages.includes(name);
  const needed = reach(
    entries.filter((entry) => !isOther(entry)),
    bundle,
  );
  const others = reach(entries.filter(isOther), bundle);
  const pages = otherPages.map((name) => `${name}.html`);
  return new Set([...pages, ...others].filter((file) => !needed.has(file)));
}

function reach(from: readonly Chunk[], bundle: Bundle): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...from];
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    if (reached.has(chunk.fileName)) continue;
    reached.add(chunk.fileName);
    const { importedAssets = [], importedCss = [] } = chunk.viteMetadata ?? {};
    for (const file of [...importedAssets, ...importedCss]) reached.add(file);
    for (const name of [...chunk.imports, ...chunk.dynamicImports]) {
      const next = bundle[name];
      if (next?.type === 'chunk') waiting.push(next);
    }
  }
  return reached;
}

/** Everything that lies there, the public folder's files included, as the server will give it. */
function filesOf(directory: string, leftOut: ReadonlySet<string>): readonly PrecachedFile[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !leftOut.has(file) && !LEFT_OUT.test(`/${file}`))
    .sort()
    .map((file) => {
      const hash = createHash('sha256').update(readFileSync(join(directory, file)));
      const path = file === PAGE ? '/' : `/${file}`;
      return { path, integrity: `sha256-${hash.digest('base64')}` };
    });
}

/** One classic script under a name that stays: what it imports is in it. */
async function buildServiceWorker(parts: {
  readonly source: string;
  readonly outDir: string;
  readonly precache: Precache;
}): Promise<void> {
  const { source, outDir, precache } = parts;
  if (!precache.files.some(({ path }) => path.startsWith(HASHED_PREFIX))) {
    throw new TypeError(`no file of the build lies under ${HASHED_PREFIX}`);
  }
  await build({
    configFile: false,
    root: source,
    publicDir: false,
    logLevel: 'warn',
    define: { PRECACHE: JSON.stringify(precache) },
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(source, 'main.ts'),
        output: { format: 'iife', entryFileNames: 'service-worker.js' },
      },
    },
  });
}
