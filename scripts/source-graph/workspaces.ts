import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of the house: where it lies and what its doors lead to. */
export interface Workspace {
  readonly name: string;
  readonly folder: string;
  /** From `.` or `./door` to a file, relative to the repository. */
  readonly doors: ReadonlyMap<string, string>;
}

/** Reads the workspaces whose `package.json` is among the files. */
export function readWorkspaces(root: string, files: readonly string[]): readonly Workspace[] {
  const manifests = files.filter((file) => /^(packages|apps)\/[^/]+\/package\.json$/.test(file));
  return manifests.map((file) => {
    const folder = file.slice(0, -'/package.json'.length);
    const manifest: unknown = JSON.parse(readFileSync(join(root, file), 'utf8'));
    return { folder, name: textField(manifest, 'name'), doors: readDoors(manifest, folder) };
  });
}

/** The file that a bare specifier such as `@house/room/door` leads to, if the house has it. */
export function resolveDoor(
  workspaces: readonly Workspace[],
  specifier: string,
): string | undefined {
  const workspace = workspaceOf(workspaces, specifier);
  return workspace?.doors.get(`.${specifier.slice(workspace.name.length)}`);
}

/** The workspace that a bare specifier names, whether or not it has that door. */
export function workspaceOf(
  workspaces: readonly Workspace[],
  specifier: string,
): Workspace | undefined {
  return workspaces.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
}

function readDoors(manifest: unknown, folder: string): ReadonlyMap<string, string> {
  const doors = field(manifest, 'exports');
  if (typeof doors !== 'object' || doors === null) return new Map();
  const entries = Object.entries(doors).filter(([, path]) => typeof path === 'string');
  return new Map(entries.map(([door, path]) => [door, join(folder, path)]));
}

function textField(value: unknown, name: string): string {
  const found = field(value, name);
  if (typeof found !== 'string') throw new Error(`A package.json lacks "${name}".`);
  return found;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
