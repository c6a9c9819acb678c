import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VerificationError } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { Log } from '../telemetry.ts';
import type { ApiHandler } from './connect-api.ts';
import { listenError } from './listen-error.ts';
import type { Caller } from './service.ts';
import type { SessionRegistry } from './session-registry.ts';
import { TrustedProxies } from './trusted-proxies.ts';
import type { WebSocketGate } from './websocket.ts';

/**
 * A room's own part of the URL space: everything at or under `prefix`. One that ends in a sign, as `/`
 * and `/@` do, covers whatever begins with it.
 */
export type HttpRoute = {
  readonly prefix: string;
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    client: HttpClient,
  ): void | Promise<void>;
};

export type HttpClient = {
  /** For rate limits only. */
  readonly address: string;
  readonly callerOf: () => Caller;
};

const WEBSOCKET_PATH = '/connect';
const MAX_HEADER_BYTES = 16_384;
/** Half a request may take so long, slow senders included; uploads stream under their own rule. */
const HEADERS_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 65_000;
/** A call's body is small: whoever takes longer to send it holds a connection for nothing. */
const CALL_BODY_MS = 30_000;
const SILENCE_MS = 120_000;
/** What still runs when the server closes is cut off after so long. */
const CLOSE_WITHIN_MS = 3_000;

/** Nothing this server sends may run on its origin unless a route says otherwise. */
const SAFE_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

export type HttpParts = {
  readonly routes: readonly HttpRoute[];
  readonly webSockets: WebSocketGate;
  readonly sessions: SessionRegistry;
  readonly trustedProxies: readonly string[];
  readonly runtime: Runtime;
  readonly log: Log;
  /** The Connect API around a fallback. */
  readonly api: (next: ApiHandler, callerOf: (request: IncomingMessage) => Caller) => ApiHandler;
};

/** One port for calls, live connections and the routes of rooms. */
export class HttpServer {
  readonly #parts: HttpParts;
  readonly #server: Server;
  readonly #trustedProxies: TrustedProxies;
  readonly #clients = new WeakMap<IncomingMessage, HttpClient>();

  constructor(parts: HttpParts) {
    this.#parts = parts;
    this.#trustedProxies = new TrustedProxies(parts.trustedProxies);
    const api = parts.api(
      (request, response) => void this.#route(request, response),
      (request) => this.#client(request).callerOf(),
    );
    this.#server = createServer({
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      // Uploads of gigabytes take their time; the idle socket timeout bounds silence.
      requestTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
    });
    this.#server.on('request', (request, response) => this.#receive(api, request, response));
    this.#server.on('upgrade', (request, socket, head) => {
      socket.on('error', ignoreError);
      if (pathOf(request) !== WEBSOCKET_PATH) {
        socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
        return;
      }
      parts.webSockets.upgrade({ request, socket, head }, this.#client(request).address);
    });
  }

  /** Resolves with the port taken. Throws `unavailable` with a sentence for the operator. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(listenError(error, host, port)));
      this.#server.listen({ host, port, backlog: 4_096 }, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes nobody new and lets running requests end; then whatever still idles is closed. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const cutOff = this.#parts.runtime.after(CLOSE_WITHIN_MS, () => {
      this.#server.closeAllConnections();
      this.#parts.webSockets.destroyAll();
    });
    await closed;
    cutOff.cancel();
  }

  #receive(api: ApiHandler, request: IncomingMessage, response: ServerResponse): void {
    request.socket.setTimeout(SILENCE_MS);
    // Rooms rule over their own bodies; what no room took is a call, or nothing.
    if ((this.#routeOf(request)?.prefix ?? '/') === '/') this.#limitBody(request, response);
    for (const [name, value] of Object.entries(SAFE_HEADERS)) response.setHeader(name, value);
    try {
      api(request, response);
    } catch (error) {
      this.#fail(response, error);
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const route = this.#routeOf(request);
      if (route) await route.handle(request, response, this.#client(request));
      else response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
    } catch (error) {
      this.#fail(response, error);
    }
  }

  #routeOf(request: IncomingMessage): HttpRoute | undefined {
    const path = pathOf(request);
    return this.#parts.routes.find(({ prefix }) => isUnder(path, prefix));
  }

  #limitBody(request: IncomingMessage, response: ServerResponse): void {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const cutOff = this.#parts.runtime.after(CALL_BODY_MS, () => {
      if (!request.complete) request.socket.destroy();
    });
    response.once('close', () => cutOff.cancel());
  }

  #fail(response: ServerResponse, error: unknown): void {
    this.#parts.log.error('request failed', error);
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { 'content-type': 'text/plain' }).end('something went wrong\n');
  }

  #client(request: IncomingMessage): HttpClient {
    const known = this.#clients.get(request);
    if (known) return known;
    const address = this.#addressOf(request);
    const client = { address, callerOf: () => this.#callerOf(request, address) };
    this.#clients.set(request, client);
    return client;
  }

  #addressOf(request: IncomingMessage): string {
    const { headers, socket } = request;
    const forwardedFor = headers['x-forwarded-for'];
    return this.#trustedProxies.clientOf(
      socket.remoteAddress ?? '',
      [forwardedFor ?? []].flat().join(','),
    );
  }

  #callerOf(request: IncomingMessage, address: string): Caller {
    const header = request.headers.authorization;
    if (header === undefined) return { kind: 'anonymous', address };
    const token = /^Bearer ([0-9a-f]{64})$/.exec(header)?.[1];
    const holder = token === undefined ? undefined : this.#parts.sessions.holderOf(token);
    if (!holder) throw new VerificationError('unauthenticated', 'the session token is not valid');
    return { kind: 'device', address, ...holder };
  }
}

/** The socket destroys itself; without a listener the error would end the process. */
const ignoreError = (): void => undefined;

/** The path as it was sent: whatever it holds, it is compared and never resolved. */
const pathOf = ({ url = '/' }: IncomingMessage): string => /^[^?#]*/.exec(url)?.[0] ?? '/';

const isUnder = (pathname: string, prefix: string): boolean =>
  pathname === prefix || pathname.startsWith(/\W$/.test(prefix) ? prefix : `${prefix}/`);
