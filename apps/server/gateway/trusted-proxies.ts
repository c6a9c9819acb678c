import { BlockList, isIP } from 'node:net';

/** Finds the address of the client behind the reverse proxies that the operator named. */
export class TrustedProxies {
  readonly #trusted = new BlockList();

  /** Addresses and networks (CIDR), checked by the configuration. */
  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = '', bits] = network.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      const width = family === 'ipv6' ? 128 : 32;
      this.#trusted.addSubnet(address, bits === undefined ? width : Number(bits), family);
    }
  }

  /**
   * Each proxy adds whom it saw at the end of X-Forwarded-For: the last one that is no trusted proxy is
   * the client. What stands before it is the client's own word, and believed by nobody.
   */
  clientOf(dialling: string, forwardedFor: string | undefined): string {
    let client = plainAddress(dialling);
    const seen = (forwardedFor ?? '').split(',');
    while (this.#trusts(client)) {
      const before = plainAddress(seen.pop()?.trim() ?? '');
      if (isIP(before) === 0) return client;
      client = before;
    }
    return client;
  }

  #trusts(address: string): boolean {
    return this.#trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
}

/** An IPv4 address as itself, also when a socket for both families shows it as IPv6. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
