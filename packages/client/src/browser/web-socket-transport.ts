import { limits } from '@heliogram/protocol';
import type { Link, LinkEvents, Transport } from '../ports.ts';

/** The browser's WebSocket. Text frames and frames beyond the limit end the link. */
export const webSocketTransport: Transport = {
  open: (url, events) => new BrowserLink(url, events),
};

class BrowserLink implements Link {
  readonly #socket: WebSocket;

  constructor(url: string, events: LinkEvents) {
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = 'arraybuffer';
    let reason = 'the connection was lost';
    this.#socket.onopen = () => events.opened();
    this.#socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer && data.byteLength <= limits.maxFrameBytes) {
        return events.frame(new Uint8Array(data));
      }
      reason = 'the server sent an invalid frame';
      return this.#socket.close();
    };
    // Browsers tell no reason for an error; `close` follows.
    this.#socket.onclose = () => events.closed(reason);
  }

  send(frame: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(Uint8Array.from(frame));
  }

  close(): void {
    this.#socket.close();
  }
}
