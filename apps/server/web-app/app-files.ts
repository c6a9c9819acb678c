import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DependencyError } from '@heliogram/protocol';
import { Codings } from './codings.ts';
import { contentTypeOf } from './content-types.ts';

/** The build is a few megabytes: a directory beyond these is something else, given by mistake. */
const MAX_FILES = 2_000;
const MAX_BYTES = 64 * 1_048_576;
const INDEX = 'index.html';
/** Hidden files, and names that a URL would have to escape, are no part of the app. */
const SERVED_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const PACKED_ENDING = /\.(br|gz)$/;
/** Their names carry a hash of their content. */
const HASHED = /^\/assets\//;

export type AppFile = {
  readonly type: string;
  readonly etag: string;
  /** The name never stands for other bytes. */
  readonly immutable: boolean;
  readonly codings: Codings;
};

export type AppFiles = ReadonlyMap<string, AppFile>;

/**
 * The built app by URL path, read once, so that one start serves one version and no URL is ever made a
 * path. Undefined when nothing is built there. Throws `unavailable` for a directory past the limits.
 */
export function readAppFiles(directory: string): AppFiles | undefined {
  if (!existsSync(join(directory, INDEX))) return undefined;
  const paths = pathsBelow(directory, '');
  const files = new Map<string, AppFile>();
  let bytes = 0;
  for (const path of paths) {
    bytes += statSync(join(directory, path)).size;
    if (bytes > MAX_BYTES) throw notTheApp(directory);
    if (!isPackedSibling(path, paths)) files.set(urlPathOf(path), readFile(directory, path, paths));
  }
  return files;
}

function pathsBelow(directory: string, folder: string, found = new Set<string>()) {
  for (const entry of readdirSync(join(directory, folder), { withFileTypes: true })) {
    if (!SERVED_NAME.test(entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) pathsBelow(directory, path, found);
    else if (entry.isFile()) found.add(path);
    if (found.size > MAX_FILES) throw notTheApp(directory);
  }
  return found;
}

const isPackedSibling = (path: string, paths: ReadonlySet<string>): boolean =>
  PACKED_ENDING.test(path) && paths.has(path.replace(PACKED_ENDING, ''));

const urlPathOf = (path: string): string => (path === INDEX ? '/' : `/${path}`);

function readFile(directory: string, path: string, paths: ReadonlySet<string>): AppFile {
  const sibling = (ending: string) =>
    paths.has(path + ending) ? readFileSync(join(directory, path + ending)) : undefined;
  const bytes = readFileSync(join(directory, path));
  const { name: type, compressible } = contentTypeOf(path);
  return {
    type,
    // Weak: the same for every content coding.
    etag: `W/"${createHash('sha256').update(bytes).digest('base64url')}"`,
    immutable: HASHED.test(urlPathOf(path)),
    codings: new Codings(bytes, { compressible, br: sibling('.br'), gzip: sibling('.gz') }),
  };
}

const notTheApp = (directory: string): DependencyError =>
  new DependencyError(
    'unavailable',
    `${directory} is not a built web app: it has more than ${MAX_FILES} files or ${MAX_BYTES / 1_048_576} MiB`,
  );
