import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Generator } from './generator.ts';

const source = 'apps/server/config/documentation.ts';
const target = 'docs/operations/configuration.md';

/** The operator's page of settings, written by the one declaration of the settings. */
export const configGenerator: Generator = {
  name: 'configuration',
  target,
  isPresent: (root) => existsSync(join(root, source)),
  async write(root, outputRoot) {
    const module: unknown = await import(pathToFileURL(join(root, source)).href);
    const path = join(outputRoot, target);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, describeSettings(module));
  },
};

function describeSettings(module: unknown): string {
  const hasWriter =
    typeof module === 'object' && module !== null && 'configDocumentation' in module;
  const text: unknown =
    hasWriter && typeof module.configDocumentation === 'function'
      ? module.configDocumentation()
      : undefined;
  if (typeof text !== 'string') throw new Error(`${source} exports no configDocumentation().`);
  return text;
}
