import { DependencyError } from '@heliogram/protocol';

export function listenError(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
): DependencyError {
  return new DependencyError('unavailable', listenSentence(error, host, port), { cause: error });
}

/** Why nothing can listen there and what to do, for the operator. */
export function listenSentence(error: NodeJS.ErrnoException, host: string, port: number): string {
  const where = `${host}:${port}`;
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} on ${host} is in use by another program: stop it or choose --port`,
    EACCES: `this user is not allowed to listen on ${where}: choose a port above 1023`,
    EADDRNOTAVAIL: `this machine does not have the address ${host}: choose another --host`,
    EINVAL: `this machine does not have the address ${host}: choose another --host`,
    ENOTFOUND: `the name ${host} is unknown: choose another --host`,
    EAI_AGAIN: `the name ${host} cannot be resolved right now: choose another --host or check DNS`,
    EAFNOSUPPORT: `this machine does not support the address family of ${host}: choose another --host`,
  };
  return sentences[error.code ?? ''] ?? `cannot listen on ${where}: ${error.message}`;
}
