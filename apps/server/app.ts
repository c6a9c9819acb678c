import { ConversationKind, DependencyError, RateClass } from '@heliogram/protocol';
import {
  type Accounts,
  createAccounts,
  createProfileSource,
  ed25519Verifier,
} from './accounts/index.ts';
import type { Bus } from './bus/port.ts';
import { type Channels, type ChannelsOptions, createChannels } from './channels/index.ts';
import type { ServerConfig } from './config/config.ts';
import { type Conversations, createConversations } from './conversations/index.ts';
import type { ProfileSource } from './conversations/policy.ts';
import { AddressLimit } from './gateway/address-limit.ts';
import { rateKey } from './gateway/client-address.ts';
import { createConnectApi } from './gateway/connect-api.ts';
import { Connections } from './gateway/connections.ts';
import { Dispatcher } from './gateway/dispatcher.ts';
import { FanOut } from './gateway/fan-out.ts';
import { HeldBytes } from './gateway/held-bytes.ts';
import { type HttpRoute, HttpServer } from './gateway/http-server.ts';
import type { Wrap } from './gateway/link.ts';
import { type KnownOrigins, knownOrigins } from './gateway/origins.ts';
import { defaultLoopbackFactor, RateLimiter } from './gateway/rate-limiter.ts';
import { serverInfoService } from './gateway/server-info.ts';
import type { BoundService } from './gateway/service.ts';
import { SessionRegistry } from './gateway/session-registry.ts';
import { WebSocketGate, wrapForWebSocket } from './gateway/websocket.ts';
import { createMedia, type Media } from './media/index.ts';
import { createModeration } from './moderation/index.ts';
import { createOwnState, type OwnState } from './own-state/index.ts';
import { pageRoutes } from './pages/index.ts';
import { createPushRoom, type PushRoom } from './push/index.ts';
import type { LiveDevicesView } from './push/options.ts';
import type { Runtime } from './runtime.ts';
import { createSearch, type Search } from './search/index.ts';
import { dataPaths } from './storage/data-directory.ts';
import type { Storage } from './storage/port.ts';
import type { Log, Telemetry } from './telemetry.ts';

export const SERVER_VERSION = '0.1.0';
/** Calls under way when the server ends have so long to be answered. */
const DRAIN_WITHIN_MS = 5_000;
const DEFAULT_CLIENT_MEMORY_BYTES = 268_435_456;
const DEFAULT_CONNECTIONS_PER_ADDRESS = 1_000;

/** What the server stands on: real in production, seeded in simulation. */
export type Foundations = {
  readonly config: ServerConfig;
  readonly storage: Storage;
  readonly bus: Bus;
  readonly runtime: Runtime;
  readonly telemetry: Telemetry;
  readonly log: Log;
};

/** The server without a network: rooms, the door to their handlers, and live connections. */
export type Core = {
  readonly dispatcher: Dispatcher;
  readonly connections: Connections;
  /** What clients make the server keep in memory. */
  readonly held: HeldBytes;
  /** Whether clients may say that they dialled this origin. */
  acceptsOrigin(origin: string): boolean;
  readonly sessions: SessionRegistry;
  /** What is served over HTTP; operator's methods go through the dispatcher alone. */
  readonly services: readonly BoundService[];
  /** What rooms serve beside their calls. */
  readonly routes: readonly HttpRoute[];
  /** What clients may say that they dialled; settled once the port is known. */
  setListening(host: string, port: number): string;
  start(): Promise<void>;
  /** Says goodbye to everybody, then writes what waits. */
  stop(): Promise<void>;
};

export function createCore(foundations: Foundations, wrap: Wrap): Core {
  const { bus, config, log, runtime, storage, telemetry } = foundations;
  const sessions = new SessionRegistry({ bus, runtime });
  const profiles = createProfileSource(storage);
  const push = createPush(foundations, {
    live: { isLive: (device) => connections.devices.isLive(device) },
    origin: () => origins.primary,
  });
  const { appended } = push;
  const quota = config.quotas?.posts;
  const heard = { storage, bus, runtime, profiles, telemetry, appended, ...(quota && { quota }) };
  const conversations = createConversations(heard);
  const { media, search } = createFileRooms(foundations);
  const channels = createChannelsRoom(foundations, conversations, { media: media.claims, search });
  conversations.setPolicy(ConversationKind.CHANNEL, channels.policy);
  const ownState = createOwnStateRoom(foundations, conversations);
  let origins = knownOrigins({ configured: config.origins, host: config.host, port: config.port });
  const accounts = createAccounts({
    storage,
    runtime,
    sessions,
    notices: conversations.notices,
    verifier: ed25519Verifier,
    registration: config.registration,
    origins: { accepts: (origin) => origins.accepts(origin) },
    isLive: (device) => connections.devices.isLive(device),
    avatars: media.avatars,
    onAccountDeleted: erasersOf({ channels, media, ownState }),
    report: (error) => log.error('account work failed', error),
  });
  const moderation = createModeration({
    storage,
    runtime,
    sessions,
    standings: accounts.standings,
    channels,
  });
  const info = serverInfo(foundations, () => origins.primary);
  const rooms = [accounts, conversations, channels, ownState, media, push];
  const services = [info, ...rooms.map(({ service }) => service)];
  const rates = new RateLimiter(runtime, config.rates, config.loopbackRateFactor);
  const pages = createPages(foundations, { profiles, rates, origins: () => origins });
  const dispatcher = new Dispatcher({
    services: [...services, moderation.service],
    rates,
    runtime,
    telemetry,
    log,
    checkStanding: (caller) => accounts.standings.check(caller),
  });
  const fanOut = new FanOut({ bus, runtime, telemetry, wrap });
  const held = new HeldBytes(config.clientMemoryBytes ?? DEFAULT_CLIENT_MEMORY_BYTES);
  const connections = new Connections({
    perAddress: addressLimit(config),
    held,
    dispatcher,
    fanOut,
    runtime,
    serverName: `heliogram/${SERVER_VERSION}`,
    onLag: () => telemetry.lagged(),
  });
  connections.devices.onLost(push.lost);
  connections.devices.onLeft(accounts.deviceLeft);
  return {
    dispatcher,
    connections,
    held,
    acceptsOrigin: (origin) => origins.accepts(origin),
    sessions,
    services,
    routes: [...media.routes, ...pages],
    setListening: (host, port) => {
      origins = knownOrigins({ configured: config.origins, host, port });
      return origins.primary;
    },
    ...lifeOf({ accounts, channels, connections, conversations, media, push, search }),
  };
}

function createPages(
  { config, runtime, storage }: Foundations,
  parts: {
    readonly profiles: ProfileSource;
    readonly rates: RateLimiter;
    /** Settled once the port is known. */
    readonly origins: () => KnownOrigins;
  },
): readonly HttpRoute[] {
  const { origins, profiles, rates } = parts;
  return pageRoutes({
    storage,
    runtime,
    profiles,
    serverName: config.name,
    originFor: (host) => origins().forReader(host),
    isOwnOrigin: (origin) => origins().accepts(origin),
    takeReads: (address, count) => rates.take(RateClass.READ, rateKey(address), { cost: count }),
  });
}

function serverInfo({ config, runtime }: Foundations, origin: () => string): BoundService {
  return serverInfoService({
    name: config.name,
    version: SERVER_VERSION,
    registration: config.registration.policy,
    maxUploadBytes: config.maxUploadBytes,
    runtime,
    origin,
  });
}

/** What each room removes of an account, in this order. */
function erasersOf(rooms: Pick<Rooms, 'channels' | 'media'> & { readonly ownState: OwnState }) {
  const { channels, media, ownState } = rooms;
  const ofChannels: typeof media.eraseAccount = ({ account }) => channels.eraseAccount(account);
  return [ofChannels, media.eraseAccount, ownState.eraseAccount];
}

type Rooms = {
  readonly accounts: Accounts;
  readonly channels: Channels;
  readonly connections: Connections;
  readonly conversations: Conversations;
  readonly media: Media;
  readonly push: PushRoom;
  readonly search: Search;
};

/** Rooms start before the ones that watch them, and end before what they write to. */
function lifeOf(rooms: Rooms) {
  const { accounts, channels, connections, conversations, media, push, search } = rooms;
  return {
    start: async () => {
      await accounts.resumeDeletions();
      await channels.start();
      await media.start();
      await push.start();
      search.start();
    },
    stop: async () => {
      await connections.drain(
        new DependencyError('draining', 'the server is restarting', { retryAfterMs: 500 }),
        DRAIN_WITHIN_MS,
      );
      // Marks and entries still to be written tell the channels' counts.
      await conversations.drain();
      await accounts.stop();
      await push.stop();
      await channels.stop();
      await search.stop();
      await media.stop();
    },
  };
}

/** What RFC 8292 asks for where no public origin is known: nobody can be reached at it. */
const NO_CONTACT = 'mailto:nobody@heliogram.invalid';

function createPush(
  { config, log, runtime, storage, telemetry }: Foundations,
  { live, origin }: { readonly live: LiveDevicesView; readonly origin: () => string },
): PushRoom {
  const contact = () => (origin().startsWith('https:') ? origin() : NO_CONTACT);
  const reach = config.push ?? 'off';
  return createPushRoom({ storage, runtime, log, telemetry, live, reach, contact });
}

function createChannelsRoom(
  { config, log, runtime, storage }: Foundations,
  conversations: Conversations,
  parts: Pick<ChannelsOptions, 'media' | 'search'>,
): Channels {
  return createChannels({
    storage,
    log: conversations.log,
    notices: conversations.notices,
    runtime,
    profiles: createProfileSource(storage),
    ...parts,
    report: (what, error) => log.error(what, error),
    subscriberCountIntervalMs: config.subscriberCountIntervalMs,
  });
}

function createOwnStateRoom(
  { log, runtime, storage }: Foundations,
  conversations: Conversations,
): OwnState {
  const report = (what: string, error: unknown) => log.error(what, error);
  const ownState = createOwnState({ storage, log: conversations.log, runtime, report });
  conversations.setPolicy(ConversationKind.OWN, ownState.policy);
  return ownState;
}

/** The rooms that keep files of their own in the data directory. */
function createFileRooms({ config, log, runtime, storage }: Foundations) {
  const { mediaDirectory: directory, searchFile: path } = dataPaths(config.dataDirectory);
  const { maxUploadBytes } = config;
  return {
    media: createMedia({
      storage,
      directory,
      runtime,
      log,
      maxUploadBytes,
      ...(config.quotas && { quota: config.quotas.files }),
    }),
    search: createSearch({ storage, path, runtime, log }),
  };
}

/** The core behind one port. */
export function createHttp(
  foundations: Foundations,
  core: Core,
  routes: readonly HttpRoute[],
): HttpServer {
  const { config, log, runtime } = foundations;
  const { dispatcher, services, sessions, connections } = core;
  return new HttpServer({
    routes: [...core.routes, ...routes],
    webSockets: new WebSocketGate(connections, runtime),
    sessions,
    trustedProxies: config.trustedProxies,
    perAddress: addressLimit(config),
    held: core.held,
    acceptsOrigin: core.acceptsOrigin,
    runtime,
    log,
    api: (next, client) => createConnectApi({ services, dispatcher, ...client, next }),
  });
}

function addressLimit(config: ServerConfig): AddressLimit {
  return new AddressLimit({
    max: config.connectionsPerAddress ?? DEFAULT_CONNECTIONS_PER_ADDRESS,
    loopbackFactor: config.loopbackRateFactor ?? defaultLoopbackFactor,
  });
}

export const wrapForSockets: Wrap = wrapForWebSocket;
