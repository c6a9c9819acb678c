import { limits } from '@heliogram/protocol';
import { WebSocket } from 'ws';
import type { Link, LinkEvents, Transport } from '../ports.ts';

/** WebSockets through `ws`. Text frames and frames beyond the limit end the link. */
export const wsTransport: Transport = {
  open: (url, events) => new WsLink(url, events),
};

class WsLink implements Link {
  readonly #socket: WebSocket;

  constructor(url: string, events: LinkEvents) {
    this.#socket = new WebSocket(url, {
      maxPayload: limits.maxFrameBytes,
      perMessageDeflate: false,
      followRedirects: false,
    });
    let reason = '';
    this.#socket.binaryType = 'nodebuffer';
    this.#socket.on('open', () => events.opened());
    this.#socket.on('message', (data, isBinary) => {
      if (isBinary && data instanceof Buffer) return events.frame(data);
      reason = 'the server sent text where frames are binary';
      return this.#socket.terminate();
    });
    // `close` follows every error.
    this.#socket.on('error', (error) => {
      reason = describe(error);
    });
    this.#socket.on('close', () => events.closed(reason || 'the connection was lost'));
  }

  send(frame: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  close(): void {
    // A link that is given up owes nobody a closing handshake.
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close();
    else this.#socket.terminate();
  }
}

function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ECONNREFUSED') return 'the server does not respond at this address';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the server’s name cannot be resolved';
  return error.message === '' ? code : error.message;
}
