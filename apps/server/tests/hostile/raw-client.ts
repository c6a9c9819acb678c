import { once } from 'node:events';
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { ClientFrameSchema, type ServerFrame, ServerFrameSchema } from '@heliogram/protocol';
import { WebSocket } from 'ws';

type ClientInit = NonNullable<MessageInitShape<typeof ClientFrameSchema>['frame']>;
export type Frame = ServerFrame['frame'];

/** What became of a call: `ok`, an error code, or `closed` when the connection ended first. */
export type Verdict = { readonly code: string; readonly payload: Uint8Array };

const patienceMs = 20_000;

/** A WebSocket that says whatever it is told to, well formed or not. */
export class RawClient {
  readonly socket: WebSocket;
  readonly #calls = new Map<number, (verdict: Verdict) => void>();
  #lastId = 0;
  /** Frames that answer no call. */
  readonly others: Frame[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.#take(fromBinary(ServerFrameSchema, asBytes(data)).frame));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#endAll());
  }

  /** Connects and says nothing. */
  static async dial(port: number): Promise<RawClient> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/connect`, { perMessageDeflate: false });
    const client = new RawClient(socket);
    await once(socket, 'open');
    return client;
  }

  static async greet(port: number): Promise<RawClient> {
    const client = await RawClient.dial(port);
    client.send({ case: 'hello', value: { minVersion: 1, maxVersion: 1, client: 'hostile' } });
    return client;
  }

  send(frame: ClientInit): void {
    this.socket.send(toBinary(ClientFrameSchema, create(ClientFrameSchema, { frame })));
  }

  call(method: string, payload: Uint8Array): Promise<Verdict> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ code: 'silence', payload: none }), patienceMs);
      this.#calls.set(id, (verdict) => {
        clearTimeout(timer);
        resolve(verdict);
      });
      this.send({ case: 'request', value: { id, method, payload } });
    });
  }

  /** The code of the goodbye with which the server ended the connection; empty without one. */
  async ended(): Promise<string> {
    if (this.socket.readyState !== WebSocket.CLOSED) {
      await once(this.socket, 'close', { signal: AbortSignal.timeout(patienceMs) });
    }
    const goodbye = this.others.find((frame) => frame.case === 'goodbye');
    return goodbye?.case === 'goodbye' ? (goodbye.value.failure?.code ?? '') : '';
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.socket.terminate();
  }

  #take(frame: Frame): void {
    if (frame.case !== 'response') {
      this.others.push(frame);
      return;
    }
    const { id, outcome } = frame.value;
    const settle = this.#calls.get(id);
    this.#calls.delete(id);
    if (outcome.case === 'payload') settle?.({ code: 'ok', payload: outcome.value });
    else settle?.({ code: outcome.value?.code ?? '', payload: none });
  }

  #endAll(): void {
    for (const settle of this.#calls.values()) settle({ code: 'closed', payload: none });
    this.#calls.clear();
  }
}

const none = new Uint8Array();

function asBytes(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  throw new TypeError('the server sent what is no binary message');
}
