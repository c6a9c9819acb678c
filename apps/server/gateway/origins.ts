import { networkInterfaces } from 'node:os';

/** The origins under which clients may say that they dialled this server. */
export interface KnownOrigins {
  accepts(origin: string): boolean;
  /** The one that clients are told to dial. */
  readonly primary: string;
  /**
   * What addresses begin with for a reader who sent this `Host`. Where origins are configured, the
   * first of them. Otherwise the address of this machine that the reader reached; a name that is none
   * of its addresses is not repeated, since anybody can write a `Host`.
   */
  forReader(host: string | undefined): string;
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
  const accepted = new Set([...configured, ...local].map(normalise));
  const primary = configured[0] ?? `http://${urlHost(host)}:${port}`;
  return {
    accepts: (origin) => accepted.has(normalise(origin)),
    primary,
    forReader: (reached) => {
      if (configured.length > 0) return primary;
      const origin = normalise(`http://${reached ?? ''}`);
      return accepted.has(origin) ? origin : (outsideOrigin(listening) ?? primary);
    },
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

/** Where other machines find a server that listens on every address. */
function outsideOrigin({ host, port }: { readonly host: string; readonly port: number }) {
  if (host !== '0.0.0.0' && host !== '::') return undefined;
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outside = addresses.find(({ family, internal }) => !internal && family === 'IPv4');
  return outside && `http://${outside.address}:${port}`;
}

/** A wildcard is no address to dial; IPv6 wears brackets in a URL. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
