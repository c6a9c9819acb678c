#!/usr/bin/env node
// Plain JavaScript on purpose: it must parse on any Node so that a wrong version gets a sentence, not a stack trace.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `heliogram needs Node 24 or newer, this is ${process.versions.node}: run it through npx or npm after npm ci\n`,
  );
  process.exit(1);
}
await import('../main.ts');
