import { connect, type Socket } from 'node:net';
import { DependencyError } from '@heliogram/protocol';
import { withShortPath } from './socket-path.ts';

/** Connects to a socket file; undefined when nobody listens there. Throws `unavailable`. */
export function connectTo(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else {
        const options = { cause: error };
        reject(new DependencyError('unavailable', 'the operator socket cannot be opened', options));
      }
    });
  });
}

/** Whether a server answers on the operator socket. */
export async function answersOperator(socketPath: string): Promise<boolean> {
  const socket = await withShortPath(socketPath, connectTo).catch(() => undefined);
  socket?.destroy();
  return socket !== undefined;
}
