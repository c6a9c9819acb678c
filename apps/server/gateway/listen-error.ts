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
    EACCES: `this user may not listen on ${where}: choose a port above 1023`,
    EADDRNOTAVAIL: `this machine has no address ${host}: choose --host`,
    EINVAL: `this machine has no address ${host}: choose --host`,
    ENOTFOUND: `the name ${host} is not known: choose --host`,
    EAI_AGAIN: `the name ${host} cannot be looked up now: choose --host or check the name service`,
    EAFNOSUPPORT: `this machine does not speak the protocol of ${host}: choose --host`,
  };
  return sentences[error.code ?? ''] ?? `cannot listen on ${where}: ${error.message}`;
}
