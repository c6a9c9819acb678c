import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Generator } from './generator.ts';

type Page = {
  readonly name: string;
  /** The module that declares what the page describes. */
  readonly source: string;
  /** The function of it that writes the page. */
  readonly writer: string;
  readonly target: string;
};

/** A page of documentation that the declaration it describes writes itself. */
function pageGenerator({ name, source, writer, target }: Page): Generator {
  return {
    name,
    target,
    isPresent: (root) => existsSync(join(root, source)),
    async write(root, outputRoot) {
      const module: unknown = await import(pathToFileURL(join(root, source)).href);
      const path = join(outputRoot, target);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, callWriter(module, writer));
    },
  };
}

function callWriter(module: unknown, writer: string): string {
  const exported = typeof module === 'object' && module !== null ? Object.entries(module) : [];
  const found: unknown = exported.find(([name]) => name === writer)?.[1];
  const text: unknown = typeof found === 'function' ? found() : undefined;
  if (typeof text !== 'string') throw new Error(`No ${writer}() writes the page.`);
  return text;
}

/** The operator's page of settings. */
export const configGenerator = pageGenerator({
  name: 'configuration',
  source: 'apps/server/config/documentation.ts',
  writer: 'configDocumentation',
  target: 'docs/operations/configuration.md',
});

/** The manual of the command line. */
export const commandGenerator = pageGenerator({
  name: 'commands',
  source: 'apps/cli/documentation.ts',
  writer: 'generateCommandDocs',
  target: 'docs/operations/command-line.md',
});
