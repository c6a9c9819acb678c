import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { limits, VerificationError } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { Log } from '../telemetry.ts';
import type { AddressLimit } from './address-limit.ts';
import { limitBodyTime, requireUploadProgress } from './body-time.ts';
import type { ApiHandler } from './connect-api.ts';
import { countAnswers, countedResponses } from './counted-response.ts';
import type { HeldBytes } from './held-bytes.ts';
import { listenError } from './listen-error.ts';
import { targetOf } from './request-target.ts';
import { RequestTurns } from './request-turns.ts';
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
const UPLOADS_PATH = '/uploads';
const MAX_HEADER_BYTES = 16_384;
/** From the connection, or the answer before, to the end of the headers. */
const HEADERS_TIMEOUT_MS = 15_000;
/** How often connections are looked at for that. */
const CHECK_EVERY_MS = 5_000;
const KEEP_ALIVE_MS = 65_000;
/** Neither side takes or sends anything for so long. */
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
  /** Connections of each address, of any kind. */
  readonly perAddress: AddressLimit;
  readonly held: HeldBytes;
  /** Whether pages of this origin may open WebSockets. */
  readonly acceptsOrigin: (origin: string) => boolean;
  /** The Connect API around a fallback. */
  readonly api: (next: ApiHandler, client: ClientLookup) => ApiHandler;
};

export type ClientLookup = {
  readonly callerOf: (request: IncomingMessage) => Caller;
  readonly addressOf: (request: IncomingMessage) => string;
};

/** One port for calls, live connections and the routes of rooms. */
export class HttpServer {
  readonly #parts: HttpParts;
  readonly #server: Server<typeof IncomingMessage, typeof ServerResponse>;
  readonly #trustedProxies: TrustedProxies;
  readonly #clients = new WeakMap<IncomingMessage, HttpClient>();
  readonly #turns = new RequestTurns();

  constructor(parts: HttpParts) {
    this.#parts = parts;
    this.#trustedProxies = new TrustedProxies(parts.trustedProxies);
    const api = parts.api((request, response) => void this.#route(request, response), {
      callerOf: (request) => this.#client(request).callerOf(),
      addressOf: (request) => this.#client(request).address,
    });
    this.#server = createServer({
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
      // Uploads of gigabytes take their time: `body-time.ts` bounds bodies.
      requestTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      ServerResponse: countedResponses,
      // A request to speak another protocol may be ignored (RFC 9110 §7.8), and is.
      shouldUpgradeCallback: isWebSocket,
    });
    this.#server.maxConnections = limits.maxConnections;
    this.#server.on('connection', (socket) => this.#connected(socket));
    this.#server.on('request', (request, response) =>
      this.#turns.take(request, response, () => this.#receive(api, request, response)),
    );
    this.#server.on('upgrade', (request, socket, head) => {
      socket.on('error', ignoreError);
      const { address } = this.#client(request);
      if (this.#mayOpen(request)) parts.webSockets.upgrade({ request, socket, head }, address);
      else socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
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

  /** A connection of an address that holds all it may is not served. Proxies speak for many. */
  #connected(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    if (!this.#trustedProxies.trusts(address)) {
      const giveBack = this.#parts.perAddress.take(address);
      if (!giveBack) {
        socket.destroy();
        return;
      }
      socket.once('close', giveBack);
    }
    const share = this.#parts.held.share(address, () => socket.destroy());
    countAnswers(socket, share);
    socket.once('close', () => share.release());
  }

  /** A browser says which page opens a WebSocket: one of this server, or of a known origin. */
  #mayOpen({ headers }: IncomingMessage): boolean {
    const { origin, host = '' } = headers;
    if (origin === undefined) return true;
    return this.#parts.acceptsOrigin(origin) || isSameHost(origin, host);
  }

  #receive(api: ApiHandler, request: IncomingMessage, response: ServerResponse): void {
    const { runtime } = this.#parts;
    request.socket.setTimeout(SILENCE_MS);
    const { path, query } = targetOf(request);
    // Libraries read the address again: they get the form of which there is one reading.
    request.url = query === '' ? path : `${path}?${query}`;
    if (isUnder(path, UPLOADS_PATH)) requireUploadProgress(request, runtime);
    else limitBodyTime(request, runtime);
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
    const { path } = targetOf(request);
    return this.#parts.routes.find(({ prefix }) => isUnder(path, prefix));
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
    const token = /^Bearer +([0-9a-f]{64})$/i.exec(header)?.[1];
    const holder = token === undefined ? undefined : this.#parts.sessions.holderOf(token);
    if (!holder) throw new VerificationError('unauthenticated', 'the session token is not valid');
    return { kind: 'device', address, ...holder };
  }
}

/** The socket destroys itself; without a listener the error would end the process. */
const ignoreError = (): void => undefined;

const isWebSocket = (request: IncomingMessage): boolean =>
  request.headers.upgrade?.toLowerCase() === 'websocket' &&
  targetOf(request).path === WEBSOCKET_PATH;

/** Whether a page of this origin came from the host that it dials now. */
function isSameHost(origin: string, host: string): boolean {
  const page = URL.parse(origin);
  return (
    page !== null && page.host !== '' && page.host === URL.parse(`${page.protocol}//${host}`)?.host
  );
}

const isUnder = (pathname: string, prefix: string): boolean =>
  pathname === prefix || pathname.startsWith(/\W$/.test(prefix) ? prefix : `${prefix}/`);
