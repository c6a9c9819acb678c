import { BlockList, isIP } from 'node:net';
import { readIpAddress } from './client-address.ts';

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
   * Each proxy adds the address that it saw, with or without a port, at the end of X-Forwarded-For: the
   * last one that is no trusted proxy is the client. What stands before it is the client's own word and
   * is not believed. What is no address ends the search at the proxy that wrote it.
   */
  clientOf(dialling: string, forwardedFor: string | undefined): string {
    let client = readIpAddress(dialling) ?? dialling;
    const seen = (forwardedFor ?? '').split(',');
    while (this.trusts(client)) {
      const before = readIpAddress(seen.pop() ?? '');
      if (before === undefined) return client;
      client = before;
    }
    return client;
  }

  trusts(address: string): boolean {
    const plain = readIpAddress(address);
    if (plain === undefined) return false;
    return this.#trusted.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  }
}
