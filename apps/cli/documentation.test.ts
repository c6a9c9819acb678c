import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commands } from './commands.ts';
import { generateCommandDocs } from './documentation.ts';

const file = new URL('../../docs/operations/command-line.md', import.meta.url);

test('CLI-1: the manual is what the declarations say', () => {
  assert.equal(readFileSync(file, 'utf8'), generateCommandDocs());
});

test('CLI-1: the manual has every command and every flag', () => {
  const manual = generateCommandDocs();
  for (const { words, flags = [] } of commands) {
    assert.ok(manual.includes(`\n## ${words}\n`), words);
    for (const { name } of flags) assert.ok(manual.includes(`--${name}`), name);
  }
});
