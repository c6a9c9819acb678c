import { isIP } from 'node:net';

/** `[2001:db8::7]:443` or `[2001:db8::7]`, and an IPv4 address with a port, as proxies write them. */
const IN_BRACKETS = /^\[([^\]]*)\](?::\d{1,5})?$/;
const WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/;
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * The IP address in `text`, in one spelling: without port, brackets, quotes or zone, IPv6 compressed and in
 * lower case, an IPv4 address that a socket of both families shows as IPv6 as itself. Undefined when there
 * is none.
 */
export function readIpAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^"(.*)"$/, '$1');
  const address = IN_BRACKETS.exec(bare)?.[1] ?? WITH_PORT.exec(bare)?.[1] ?? bare;
  const withoutZone = address.replace(/%[^%]*$/, '');
  const family = isIP(withoutZone);
  if (family === 4) return withoutZone;
  return family === 6 ? plainOf(compressed(withoutZone)) : undefined;
}

const compressed = (address: string): string =>
  new URL(`http://[${address}]`).hostname.slice(1, -1);

function plainOf(address: string): string {
  const [, high, low] = MAPPED.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const bytes = Buffer.from(high.padStart(4, '0') + low.padStart(4, '0'), 'hex');
  return bytes.join('.');
}

/** The part of an address that one customer holds: a whole IPv4 address, the first 64 bits of IPv6. */
export function rateKey(address: string): string {
  const plain = readIpAddress(address) ?? address;
  if (!plain.includes(':') || plain === '::1') return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0');
  return `${[...groups, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}

/** Whether a key of `rateKey` stands for this machine. */
export const isLoopback = (key: string): boolean => key === '::1' || key.startsWith('127.');
