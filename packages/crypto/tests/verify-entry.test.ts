import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Follows every import and re-export of a file, and gives files and foreign modules. */
function reach(entry: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(entry.href)) return seen;
  seen.add(entry.href);
  const source = readFileSync(entry, 'utf8');
  assert.doesNotMatch(source, /\bimport\s*\(/, 'imports that run later hide what is reached');
  for (const [, specifier] of source.matchAll(/\bfrom\s+'([^']+)'|^import\s+'([^']+)'/gm)) {
    if (specifier === undefined) continue;
    if (specifier.startsWith('.')) reach(new URL(specifier, entry), seen);
    else seen.add(specifier);
  }
  return seen;
}

test('IDN-24: the verify entry point reaches its own folder and hashes, nothing else', () => {
  const folder = new URL('../src/verify/', import.meta.url);
  const reached = [...reach(new URL('index.ts', folder))];
  const files = reached.filter((name) => name.startsWith('file:'));
  assert.ok(files.length >= 12, `${files.length} files`);
  for (const file of files) assert.ok(file.startsWith(folder.href), file);
  const foreign = reached.filter((name) => !name.startsWith('file:')).sort();
  assert.deepEqual(foreign, ['@noble/hashes/sha2.js', '@noble/hashes/utils.js']);
});

test('IDN-24: the whole package does reach what the verify entry point must not', () => {
  const reached = [...reach(new URL('../src/index.ts', import.meta.url))].join(' ');
  for (const name of ['ed25519-signing.ts', 'vault.ts', '@noble/ciphers', '@noble/curves']) {
    assert.ok(reached.includes(name), name);
  }
});
