#!/usr/bin/env node
// Plain JavaScript on purpose: it must parse on any Node so that a wrong version gets a sentence, not a stack trace.
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `heliogram needs Node 24 or newer, this is ${process.versions.node}: run it through npx or npm after npm ci\n`,
  );
  process.exit(1);
}
// Compiled code is kept where only this user writes: whoever writes there runs as this user.
module.enableCompileCache(
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'heliogram', 'compiled'),
);
await import('../main.ts');
