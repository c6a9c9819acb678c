import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Runtime } from '../runtime.ts';
import type { Connections } from './connections.ts';
import { frames, wrapFrame } from './frame-writer.ts';
import { answerHandshake } from './handshake.ts';
import type { Wrap } from './link.ts';
import { SocketLink } from './socket-link.ts';

/** One binary frame, built once for every socket. */
export const wrapForWebSocket: Wrap = (message) => wrapFrame(frames.binary, message);

export type Upgrade = {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** Bytes that came right behind the request. */
  readonly head: Buffer;
};

/** Takes upgrade requests and makes connections of them. */
export class WebSocketGate {
  readonly #connections: Connections;
  readonly #runtime: Runtime;
  readonly #open = new Set<SocketLink>();

  constructor(connections: Connections, runtime: Runtime) {
    this.#connections = connections;
    this.#runtime = runtime;
  }

  upgrade({ request, socket, head }: Upgrade, address: string): void {
    if (!answerHandshake(request, socket)) return;
    const link = new SocketLink({ socket, runtime: this.#runtime, keeper: this });
    this.#open.add(link);
    try {
      link.serve(this.#connections.admit(link, address), head);
    } catch {
      link.close('unavailable');
    }
  }

  gone(link: SocketLink): void {
    this.#open.delete(link);
    if (link.connection) this.#connections.remove(link.connection);
  }

  /** Cuts everybody off. */
  destroyAll(): void {
    for (const link of this.#open) link.destroy();
  }
}
