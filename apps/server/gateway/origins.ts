import { networkInterfaces } from 'node:os';

/** The origins under which clients may say that they dialled this server. */
export interface KnownOrigins {
  accepts(origin: string): boolean;
  /** The one that clients are told to dial. */
  readonly primary: string;
}

/**
 * A sign-in is bound to the origin that the client dialled, so that a server in the middle cannot pass
 * it on. Without a configured origin these are the addresses that this process listens on; a Host
 * header is never believed, since whoever relays writes it.
 */
export function knownOrigins(listening: {
  readonly configured: readonly string[];
  readonly host: string;
  readonly port: number;
}): KnownOrigins {
  const { configured, host, port } = listening;
  const local = hostsOf(host).map((name) => `http://${name}:${port}`);
  const accepted = new Set([...configured.map(normalise), ...local]);
  return {
    accepts: (origin) => accepted.has(normalise(origin)),
    primary: configured[0] ?? `http://${urlHost(host)}:${port}`,
  };
}

/** Scheme, host and port as URLs compare them; anything that is no http(s) origin matches nothing. */
function normalise(origin: string): string {
  try {
    const url = new URL(origin);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : '';
  } catch {
    return '';
  }
}

function hostsOf(host: string): readonly string[] {
  const loopback = ['localhost', '127.0.0.1', '[::1]'];
  if (host === '0.0.0.0' || host === '::') return [...loopback, ...interfaceHosts()];
  if (host === 'localhost' || host === '127.0.0.1' || host === '::1') return loopback;
  return [urlHost(host)];
}

function interfaceHosts(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => urlHost(address.replace(/%.*$/, ''))),
  );
}

/** A wildcard is no address to dial; IPv6 wears brackets in a URL. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
