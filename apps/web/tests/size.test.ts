import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const budgetBytes = 150_000;
/** What belongs to the worker, or to screens that come later. */
const later = [
  '@bufbuild/protobuf',
  '@sqlite.org/sqlite-wasm',
  'cbor2',
  '@noble/',
  'react-aria-components/dist/Menu',
  'react-aria-components/dist/Dialog',
  'apps/web/views/channel/channel-screen.tsx',
  'apps/web/views/composer/',
];

type Chunk = Rolldown.OutputChunk;

test('the script before the first screen stays below 150 KB gzip, in the language with the most of it', async () => {
  const output = await builtApp();
  const first = firstScreen(output);
  const bytes = first.reduce((sum, { code }) => sum + packed(code), 0);
  const languages = output.filter(({ facadeModuleId }) =>
    /language\/.*\/texts\.ts$/.test(facadeModuleId ?? ''),
  );
  assert.ok(languages.length > 0, 'no other language is in the build');
  const language = Math.max(...languages.map(({ code }) => packed(code)));
  const list = first.map(({ fileName, code }) => `${fileName} ${packed(code)}`).join('\n');
  assert.ok(bytes > 30_000, `this cannot be all:\n${list}`);
  assert.ok(bytes + language <= budgetBytes, `${bytes} + ${language} bytes:\n${list}`);
});

test('nothing that only later screens or the worker need comes before the first screen', async () => {
  const modules = firstScreen(await builtApp()).flatMap((chunk) => chunk.moduleIds);
  assert.deepEqual(
    modules.filter((id) => later.some((part) => id.includes(part))),
    [],
  );
});

test('the page runs its start before all other script, and that waits for nothing that draws', async () => {
  const page = (await everything()).find(({ fileName }) => fileName === 'index.html');
  const [first = ''] =
    /<script[^>]*>/.exec(page?.type === 'asset' ? page.source.toString() : '') ?? [];
  const chunks = await builtApp();
  const start = chunks.find(({ isEntry, name }) => isEntry && name === 'start');
  assert.match(first, new RegExp(` async .*src="/${start?.fileName}"`));
  const needed = withImports(start ? [start] : [], chunks);
  assert.deepEqual(
    needed.flatMap(({ moduleIds }) => moduleIds).filter((id) => /react-(dom|aria)/.test(id)),
    [],
  );
  const bytes = needed.reduce((sum, { code }) => sum + packed(code), 0);
  assert.ok(bytes < 15_000, `${bytes} bytes before the worker is started`);
});

test('of SQLite only what the store starts is built', async () => {
  const names = (await everything()).map(({ fileName }) => fileName);
  assert.ok(
    names.some((name) => /sqlite3-[\w-]+\.wasm$/.test(name)),
    names.join('\n'),
  );
  assert.deepEqual(
    names.filter((name) => /sqlite3-(worker1|opfs-async-proxy)/.test(name)),
    [],
  );
});

let built: ReturnType<typeof buildApp> | undefined;

function everything() {
  built ??= buildApp();
  return built;
}

async function builtApp(): Promise<readonly Chunk[]> {
  return (await everything()).filter((part) => part.type === 'chunk');
}

async function buildApp() {
  const configFile = join(import.meta.dirname, '../vite.config.ts');
  const result = await build({ configFile, logLevel: 'warn', build: { write: false } });
  assert.ok(!Array.isArray(result) && 'output' in result);
  return result.output;
}

/** The page's own script and all that it imports before it runs. */
function firstScreen(chunks: readonly Chunk[]): readonly Chunk[] {
  return withImports(
    chunks.filter(({ isEntry, name }) => isEntry && name === 'app'),
    chunks,
  );
}

function withImports(from: readonly Chunk[], chunks: readonly Chunk[]): readonly Chunk[] {
  const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const all = new Set(from);
  for (const { imports } of all) {
    for (const name of imports) {
      const chunk = named.get(name);
      if (chunk) all.add(chunk);
    }
  }
  return [...all];
}

const packed = (code: string): number => gzipSync(code, { level: 9 }).length;
