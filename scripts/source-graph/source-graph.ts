import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isGenerated, isTest, isTypeScript, sourceFiles } from '../checks/source-files.ts';
import { type ImportFact, readModuleFacts, type UseFact } from './module-facts.ts';
import { readWorkspaces, resolveDoor, type Workspace } from './workspaces.ts';

/** An import with what it leads to: a module of the house, or a package from outside. */
export interface ImportEdge extends ImportFact {
  readonly target: string | undefined;
  /** The specifier, when it names something outside the house. */
  readonly external: string | undefined;
}

export interface SourceModule {
  /** Relative to the repository. */
  readonly file: string;
  /** The package's folder, such as `packages/mls`; `bench` and `scripts` are their own. */
  readonly workspace: string;
  readonly isTest: boolean;
  readonly isGenerated: boolean;
  readonly imports: readonly ImportEdge[];
  readonly uses: readonly UseFact[];
}

export interface SourceGraph {
  readonly modules: ReadonlyMap<string, SourceModule>;
  readonly workspaces: readonly Workspace[];
}

const roots = /^(packages|apps|bench|scripts)\//;

/** Reads every TypeScript module of the house and what it imports. */
export function readSourceGraph(root: string, files = sourceFiles(root)): SourceGraph {
  const sources = files.filter((file) => roots.test(file) && isTypeScript(file));
  const known = new Set(sources);
  const workspaces = readWorkspaces(root, files);
  const modules = sources.map((file) => {
    const facts = readModuleFacts(file, readFileSync(join(root, file), 'utf8'));
    const resolve = (fact: ImportFact): ImportEdge =>
      resolveImport({ file, known, workspaces }, fact);
    return {
      file,
      workspace: workspaceFolder(file),
      isTest: isTest(file) || file.startsWith('packages/testing/'),
      isGenerated: isGenerated(file),
      imports: facts.imports.map(resolve),
      uses: facts.uses,
    };
  });
  return { modules: new Map(modules.map((module) => [module.file, module])), workspaces };
}

interface Resolution {
  readonly file: string;
  readonly known: ReadonlySet<string>;
  readonly workspaces: readonly Workspace[];
}

function resolveImport({ file, known, workspaces }: Resolution, fact: ImportFact): ImportEdge {
  const { specifier } = fact;
  if (specifier === undefined) return { ...fact, target: undefined, external: undefined };
  if (/^\.\.?\//.test(specifier)) {
    const target = join(dirname(file), specifier);
    return { ...fact, target: known.has(target) ? target : undefined, external: undefined };
  }
  const target = resolveDoor(workspaces, specifier);
  return { ...fact, target, external: target === undefined ? specifier : undefined };
}

/** `packages/mls` of `packages/mls/src/tree/leaf.ts`, `bench` of `bench/main.ts`. */
export function workspaceFolder(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'packages' || top === 'apps' ? `${top}/${second}` : top;
}
