import { DependencyError, type HeliogramError } from '@heliogram/protocol';

/** The rest of a sentence that begins with the path, by code of the operating system. */
const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'cannot be opened: part of the path is a file',
  EISDIR: 'is a folder, not a file',
  EACCES: 'cannot be opened: permission denied',
  EPERM: 'cannot be changed: permission denied',
  EROFS: 'is on a read-only file system',
  EEXIST: 'already exists',
  ENOTEMPTY: 'is not empty',
  EBUSY: 'is in use',
  ELOOP: 'is a symbolic link that points to itself',
  ENAMETOOLONG: 'has a name that is too long',
  EMFILE: 'cannot be opened: too many files are open',
  ENFILE: 'cannot be opened: too many files are open',
  EIO: 'cannot be read or written: the disk reports an error',
};

/** What the operating system refused about a file, in words. It is nobody's fault in this program. */
export function systemFailure(thrown: unknown): HeliogramError | undefined {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return undefined;
  const code = String(thrown.code);
  const path = 'path' in thrown && typeof thrown.path === 'string' ? thrown.path : undefined;
  const options = { cause: thrown };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new DependencyError('storage_full', 'the disk is full', options);
  }
  const sentence = SENTENCES[code];
  if (sentence === undefined || path === undefined) return undefined;
  return new DependencyError('unavailable', `${path} ${sentence}`, options);
}
